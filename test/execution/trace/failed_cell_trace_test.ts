/**
 * Traces of cells whose model is asked again, fails, or is interrupted.
 *
 * @module
 */

import assert from "node:assert/strict";
import { startCell } from "../../support/cell_run.ts";
import { HastyClock } from "../../support/hasty_clock.ts";
import { openAIModel } from "../../support/model_requests.ts";
import { RecordingContext } from "../../support/recording_context.ts";
import {
  answer,
  call,
  callInPieces,
  done,
  finish,
  gate,
  stdout,
  type Step,
  text,
} from "../../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../../support/scripted_model_server.ts";
import { runTraced, traceKeeper } from "../../support/traced_cell.ts";
import { cutReply, made } from "./traced_parts.ts";

Deno.test("a trace has a cut reply and the reason and the message of the next request", async () => {
  const { trace, conversations } = await runTraced(inTurn(cutReply, answer(stdout("o\n"))));
  const [first, second] = trace.requests;
  assert.equal(trace.requests.length, 2);
  assert.deepEqual([first.why, first.ended, first.problem], ["cell", "length", undefined]);
  assert.deepEqual(first.reply, [
    made("stdout", { text: "one\n" }),
    { type: "call", name: "stdout", arguments: '{"text":"tw' },
  ]);
  assert.equal(second.why, "cut");
  assert.match(second.problem!, /length limit/);
  const last = conversations[1].at(-1)!;
  assert.deepEqual(second.turns, [{ role: "tool", content: last.content }]);
  assert.equal(second.messages, conversations[1].length);
  assert.deepEqual(trace.usage, { requests: 2, input: 20, cachedInput: 0, output: 10 });
});

const unusable: Record<string, { reply: Step[]; said: RegExp }> = {
  prose: { reply: answer(text("That prints a.")), said: /^That was prose/ },
  empty: { reply: answer(), said: /^Your reply outputs nothing/ },
  invalid: { reply: answer(call("print", { text: "a\n" })), said: /print/ },
  broken: {
    reply: [...callInPieces("stdout", ["{"]), ...finish("malformed_function_call"), ...done()],
    said: /could not be read/,
  },
};

for (const [why, { reply, said }] of Object.entries(unusable)) {
  Deno.test(`a trace has the reason for a repeated request: ${why}`, async () => {
    const { trace } = await runTraced(inTurn(reply, answer(stdout("a\n"))), { code: "print('a')" });
    const [, second] = trace.requests;
    assert.equal(second?.why, why, JSON.stringify(trace.requests));
    assert.match(second.turns[0].content, said);
    assert.notEqual(second.problem, "");
    assert.equal(trace.ended, "success");
  });
}

Deno.test("a trace has a request for each call in sequential mode", async () => {
  const { trace } = await runTraced(inTurn(answer(stdout("a\n")), answer(stdout("b\n")), answer(text("(no output)"))), {
    toolMode: "sequential",
  });
  assert.deepEqual(trace.requests.map(({ why }) => why), ["cell", "next", "next"]);
});

Deno.test("a trace has all three requests to a model that gives no usable answer", async () => {
  const { trace } = await runTraced(answer(text("Hello!")));
  assert.deepEqual(trace.requests.map(({ why }) => why), ["cell", "prose", "prose"]);
  assert.deepEqual([trace.ended, trace.failure], ["error", "invalid_answer"]);
  assert.match(trace.error!, /prose/);
});

Deno.test("a trace has the reason why a request form was refused and the form that was accepted", async () => {
  const { trace } = await runTraced(({ body }) =>
    "temperature" in body
      ? { status: 400, body: { error: { message: "Unsupported parameter: temperature", param: "temperature" } } }
      : answer(stdout("a\n"))
  );
  const [request] = trace.requests;
  assert.deepEqual([request.attempts, request.form], [2, "without=temperature"]);
  assert.equal(request.retries.length, 1);
  assert.match(request.retries[0], /Unsupported parameter: temperature/);
});

Deno.test("a trace has the retries and waits", async () => {
  const { trace } = await runTraced(
    inTurn(
      { status: 429, headers: { "retry-after": "3" }, body: { error: { message: "slow down" } } },
      answer(stdout("a\n")),
    ),
    {},
    { clock: new HastyClock() },
  );
  const [{ attempts, retries, waits }] = trace.requests;
  assert.equal(attempts, 2);
  assert.equal(retries.length, 1);
  assert.match(retries[0], /asked again in 3 s/);
  // On this clock the server may also be reported as slow.
  assert.ok(waits.includes(retries[0]));
});

Deno.test("a trace has the request that was too long and the shorter one after it", async () => {
  const refusal = {
    status: 400,
    body: {
      error: { code: "context_length_exceeded", message: "maximum context length is 4096 tokens, you requested 9000" },
    },
  };
  const history = Array.from({ length: 12 }, (_, index) => ({
    executionCount: index + 1,
    code: `a${index} = ${"1 + ".repeat(400)}1`,
    outputs: [],
  }));
  const { trace } = await runTraced(inTurn(refusal, answer(stdout("a\n"))), { executionCount: 20, history });
  const [first, second] = trace.requests;
  assert.deepEqual([first.ended, second.why], ["failed", "too_long"]);
  assert.match(first.failure!, /4096|too long/i);
  assert.ok(second.messages < first.messages);
  assert.equal(second.turns.length, 1);
  assert.match(second.turns[0].content, /^In \[20\]/);
});

Deno.test("a trace has the error of a failed request", async () => {
  const { trace } = await runTraced({
    status: 404,
    body: { error: { message: "no such model", code: "model_not_found" } },
  });
  const [request] = trace.requests;
  assert.deepEqual([trace.ended, trace.failure, request.ended, request.reply], [
    "error",
    "bad_request",
    "failed",
    [],
  ]);
  assert.match(request.failure!, /no such model/);
});

Deno.test("a trace has the partial reply of an interrupted cell", async () => {
  await using server = await startScriptedModel([
    ...stdout("a\n"),
    ...callInPieces("stdout", ['{"text":"b']),
    ...gate("never"),
  ]);
  const { traces, tracing } = traceKeeper();
  const context = new RecordingContext();
  const stop = new AbortController();
  const running = startCell(openAIModel(server), context, { signal: stop.signal, trace: tracing });
  await context.when((outputs) => JSON.stringify(outputs).includes("b"));
  stop.abort(new Error("stopped"));
  await assert.rejects(running, /stopped/);
  const [{ ended, requests: [request] }] = traces;
  assert.deepEqual([ended, request.ended], ["interrupted", "interrupted"]);
  assert.equal(
    JSON.stringify(request.reply.at(-1)),
    JSON.stringify({ type: "call", name: "stdout", arguments: '{"text":"b' }),
  );
});

Deno.test("a cell whose outputs cannot be delivered has a trace", async () => {
  await using server = await startScriptedModel(answer(stdout("a\n")));
  const { traces, tracing } = traceKeeper();
  const context = new RecordingContext(() => Promise.reject(new Error("the notebook is gone")));
  await assert.rejects(startCell(openAIModel(server), context, { trace: tracing }), /gone/);
  assert.deepEqual([traces[0].ended, traces[0].error], ["failed", "the notebook is gone"]);
});
