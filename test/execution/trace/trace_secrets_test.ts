/**
 * Traces contain no secrets and have a maximum length.
 *
 * @module
 */

import assert from "node:assert/strict";
import { MAX_TRACED_CELL, MAX_TRACED_REQUESTS, MAX_TRACED_TEXT } from "../../../src/execution/trace/cell_trace.ts";
import { ReplyText } from "../../../src/execution/trace/reply_text.ts";
import { hintsOf } from "../../../src/execution/trace/turn_hints.ts";
import { NO_OUTPUT } from "../../../src/execution/prompt/system_prompt.ts";
import { createRedactor } from "../../../src/options/redactor.ts";
import { findSecrets } from "../../security/secret_forms.ts";
import { startCell } from "../../support/cell_run.ts";
import { AskingContext } from "../../support/asking_context.ts";
import { openAIModel, TEST_KEY } from "../../support/model_requests.ts";
import { startQuestions } from "../../support/question_session.ts";
import { answer, delta, result, stdout, text } from "../../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../../support/scripted_model_server.ts";
import { runTraced, traceKeeper } from "../../support/traced_cell.ts";
import { ask, runAsking } from "../asking_cell.ts";

/** Asserts that a trace contains none of these secrets in any form. */
function assertClean(trace: unknown, secrets: readonly string[] = [TEST_KEY]): void {
  assert.deepEqual(findSecrets(JSON.stringify(trace), secrets), []);
}

Deno.test("a key that the cell, the model or its server repeats is hidden in the trace", async (t) => {
  const code = `key = ${JSON.stringify(TEST_KEY)}\nprint(key)`;
  const refused = { status: 401, body: { error: { message: `bad key ${TEST_KEY}` } } };
  const strange = {
    status: 400,
    body: { error: { message: `Unsupported parameter: temperature ${TEST_KEY}`, param: "temperature" } },
  };
  const scripts = {
    "the key is in a call": answer(stdout(`${TEST_KEY}\n`), result(btoa(`x${TEST_KEY}`))),
    "the key arrives in pieces": answer([...TEST_KEY].flatMap((letter) => text(letter))),
    "the key is in thoughts": [...delta({ reasoning: TEST_KEY }), ...answer(stdout("a\n"))],
    "the key is in a refusal": refused,
    "the key is in the refusal of a request form": inTurn(strange, answer(stdout("a\n"))),
  };
  for (const [name, script] of Object.entries(scripts)) {
    await t.step(name, async () => {
      const { trace } = await runTraced(script, { code });
      assertClean(trace);
      assert.match(trace.requests[0].turns[0].content, /key = "\[hidden\]"/);
    });
  }
});

Deno.test("a key in a question, in a cell above it or in the answer is hidden in the trace", async () => {
  const { traces, tracing } = traceKeeper();
  const above = [{ cellType: "code", source: `key = "${TEST_KEY}"`, outputs: [], executionCount: 1 }];
  await using session = await startQuestions(answer(text(`It is ${TEST_KEY}.`)), { trace: tracing, above });
  await session.ask(`Is the key ${TEST_KEY}?`);
  assert.ok(JSON.stringify(session.server.requests).includes(TEST_KEY));
  const [{ requests: [{ turns: [{ content }], reply }] }] = traces;
  assert.match(content, /key = "\[hidden\]"[^]*Is the key \[hidden\]\?$/);
  assert.deepEqual(reply, [{ type: "text", text: "It is [hidden]." }]);
  assertClean(traces);
});

for (const password of ["hunter2!", "pw"]) {
  Deno.test(`a typed password of ${password.length} characters is hidden in the traces of this cell and of later ones`, async () => {
    const { traces, tracing } = traceKeeper();
    const echo = password.length > 2 ? `you said ${password}\n` : "thanks\n";
    const source = inTurn(answer(ask("Password: ", true)), answer(stdout(echo)));
    const { conversations } = await runAsking(source, [password], { trace: tracing, code: "getpass()" });
    assert.ok(JSON.stringify(conversations[1]).includes(password));
    const [{ requests: [, second] }] = traces;
    assert.deepEqual([second.why, second.turns], ["input", [{ role: "tool", content: '{"typed":"[hidden]"}' }]]);
    assertClean(traces, [password]);
    const inputs = [{ prompt: "", isPassword: true, position: 0, answer: { typed: password } }];
    const history = [{ executionCount: 1, code: "p = getpass()", outputs: [], inputs }];
    const later = await runTraced(answer(stdout(echo)), { code: "print(p)", history, executionCount: 2 });
    assertClean(later.trace, [password]);
  });
}

Deno.test("typed text that is not a password is traced", async () => {
  const { traces, tracing } = traceKeeper();
  await runAsking(inTurn(answer(ask("Name: ")), answer(stdout("Hi\n"))), ["Ada"], { trace: tracing });
  assert.deepEqual(traces[0].requests[1].turns, [{ role: "tool", content: '{"typed":"Ada"}' }]);
});

Deno.test("a long reply is traced up to the limit, with its full length", async () => {
  const { trace } = await runTraced(answer(stdout("a".repeat(200_000))));
  const [{ reply, replyCharacters, isReplyCut }] = trace.requests;
  assert.equal(isReplyCut, true);
  assert.ok(replyCharacters > 200_000);
  const kept = JSON.stringify(reply).length;
  assert.ok(kept > MAX_TRACED_TEXT / 2 && kept <= MAX_TRACED_TEXT + 200, `${kept} characters`);
});

Deno.test("a key that the length limit cuts at any position is hidden", () => {
  const redact = createRedactor([TEST_KEY]);
  for (let before = 0; before < 3 * TEST_KEY.length; before++) {
    for (const type of ["text", "tool_call_delta"] as const) {
      const reply = new ReplyText();
      reply.take({ type: "tool_call", index: 0, id: "a", name: "stdout" });
      const whole = "x".repeat(before) + TEST_KEY.repeat(4_000);
      for (let at = 0; at < whole.length; at += 10_000) {
        reply.take({ type, index: 0, delta: whole.slice(at, at + 10_000) });
      }
      const { parts, isCut } = reply.end(redact);
      assert.ok(isCut);
      const end = JSON.stringify(parts).slice(-60);
      assert.doesNotMatch(end, /sk-|-test|0123|cdef/, `${before} before`);
    }
  }
});

Deno.test("ReplyText does not mark a short reply as cut", () => {
  const reply = new ReplyText();
  reply.take({ type: "text", delta: "abc" });
  assert.deepEqual(reply.end((text) => text), { parts: [{ type: "text", text: "abc" }], isCut: false });
  assert.equal(reply.characters, 3);
});

Deno.test("ReplyText separates the texts of calls that arrive interleaved", () => {
  const reply = new ReplyText();
  for (const index of [0, 1]) reply.take({ type: "tool_call", index, id: `${index}`, name: "stdout" });
  for (const [index, delta] of ["a", "b", "c", "d"].entries()) {
    reply.take({ type: "tool_call_delta", index: index % 2, delta });
  }
  assert.deepEqual(reply.end((text) => text).parts, [
    { type: "call", name: "stdout", arguments: "ac" },
    { type: "call", name: "stdout", arguments: "bd" },
  ]);
});

Deno.test("the trace of very many requests keeps the first ones and the number of the others", async () => {
  const asked = 105;
  const context = new AskingContext(
    ...Array.from({ length: asked }, (_, index) => `line ${index} ${"x".repeat(20_000)}`),
  );
  await using server = await startScriptedModel(({ number }) =>
    number < asked ? answer(ask("? ")) : answer(stdout("end\n"))
  );
  const { traces, tracing } = traceKeeper();
  await startCell(openAIModel(server), context, { trace: tracing });
  const [trace] = traces;
  assert.equal(trace.requests.length, MAX_TRACED_REQUESTS);
  assert.equal(trace.requestsLeftOut, asked + 1 - MAX_TRACED_REQUESTS);
  assert.equal(trace.usage.requests, asked + 1);
  assert.ok(JSON.stringify(trace).length < MAX_TRACED_CELL + 100_000);
});

Deno.test("the replies of one cell share a length limit in the trace", async () => {
  const { trace } = await runTraced(
    ({ number }) => number < 14 ? answer(stdout(`${number} ${"a".repeat(60_000)}\n`)) : answer(text(NO_OUTPUT)),
    { toolMode: "sequential" },
  );
  assert.equal(trace.requests.length, 15);
  const kept = JSON.stringify(trace.requests.map(({ reply }) => reply)).length;
  assert.ok(kept > MAX_TRACED_CELL / 2 && kept <= MAX_TRACED_CELL + 5_000, `${kept} characters`);
  assert.equal(trace.requests[0].isReplyCut, undefined);
  assert.equal(trace.requests[13].isReplyCut, true);
});

Deno.test("hintsOf() returns the text before and after a cell's code", () => {
  assert.deepEqual(hintsOf("In [3]:\n1 + 1", "1 + 1"), []);
  assert.deepEqual(hintsOf("In [3]: no Out[3]\nx = 1", "x = 1"), ["no Out[3]"]);
  assert.deepEqual(hintsOf("In [3]: a hint\nx = 1\n\nFiles:\nt.csv", "x = 1"), ["a hint", "Files:\nt.csv"]);
  assert.deepEqual(hintsOf("| t.csv: 3 rows\n| a,b\nIn [3]: a hint\nx = 1", "x = 1"), [
    "| t.csv: 3 rows\n| a,b",
    "a hint",
  ]);
  assert.deepEqual(hintsOf("| t.csv\nIn [3]:\nIn [4]: 1", "In [4]: 1"), ["| t.csv"]);
  assert.deepEqual(hintsOf("In [3]: a hint\nsomething else", "x = 1"), []);
});

Deno.test("hintsOf() is fast for a long line that is almost a prompt", () => {
  const before = `In [1]:${" ".repeat(400_000)}x`;
  const begun = performance.now();
  assert.deepEqual(hintsOf(`${before}\n\nQuestion:\nWhy?`, "Question:\nWhy?"), []);
  assert.ok(performance.now() - begun < 1_000);
});

Deno.test("hintsOf() does not return the cells above a question", () => {
  const question = "Question:\nWhy?";
  assert.deepEqual(hintsOf(`Code cell In [3]:\n1\n\n${question}\n\nFiles: t.csv`, question), ["Files: t.csv"]);
});
