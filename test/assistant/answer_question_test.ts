/**
 * One AI cell without a notebook: its outputs in their order, and its requests.
 *
 * @module
 */

import assert from "node:assert/strict";
import { ContextBudget } from "../../src/execution/context_budget.ts";
import { MAX_TRACED_TEXT } from "../../src/execution/trace/cell_trace.ts";
import { UsageMeter } from "../../src/execution/usage_meter.ts";
import { startQuestions } from "../support/question_session.ts";
import { answer, delta, done, finish, gate, stdout, text, usage } from "../support/scripted_answer.ts";
import { inTurn } from "../support/scripted_model_server.ts";
import { traceKeeper } from "../support/traced_cell.ts";

/** Dollars per million tokens. 10 input tokens and 5 output tokens cost two cents. */
const PRICE = { input: 1_000, cachedInput: 500, output: 2_000 };

Deno.test("answerQuestion() removes thoughts without a start mark, and withholds them in later answers", async () => {
  await using session = await startQuestions(answer(text("Hm."), text(" So.\n</think>\n\n"), text("Yes.")));
  assert.deepEqual((await session.ask("Really?")).written, [
    "markdown Hm.",
    "markdown  So.\n",
    "takeBack",
    "markdown Yes.",
  ]);
  assert.deepEqual((await session.ask("Really?")).written, ["markdown Yes."]);
});

Deno.test("answerQuestion() repeats the note about the model after it has removed thoughts", async () => {
  const script = answer(text("Hm.\n"), text("</think>Yes."));
  await using session = await startQuestions(script, { namedModel: "other" });
  const note =
    'stderr [AIPython] This cell names the model "other", which this runtime does not have: gpt-test answers.\n';
  assert.deepEqual((await session.ask("Really?")).written, [
    note,
    "markdown Hm.\n",
    "takeBack",
    note,
    "markdown Yes.",
  ]);
});

Deno.test("answerQuestion() fails if the answer contains only thoughts", async () => {
  await using session = await startQuestions(answer(text("<think>Hm."), text(" And so on")));
  const { result, written } = await session.ask("Really?");
  assert.deepEqual(written, ["error ModelError"]);
  assert.match(result.error!, /answer was empty/);
});

Deno.test("answerQuestion() warns only once of a server that truncates requests", async () => {
  const script = [...text("Yes."), ...finish(), ...usage(4_096), ...done()];
  await using session = await startQuestions(script, { systemPrompt: "Be brief. ".repeat(10_000) });
  const note = /^stderr \[AIPython\] The model server read 4,096 of about [\d,]+ tokens/;
  assert.match((await session.ask("Really?")).written[1], note);
  assert.deepEqual((await session.ask("Really?")).written, ["markdown Yes."]);
});

/** A server's reply to a request that exceeds the model's context. */
const tooLong = {
  status: 400,
  body: {
    error: { code: "context_length_exceeded", message: "maximum context length is 4096 tokens, you requested 9000" },
  },
};

/** Makes a code cell above the question. */
const codeCell = (source: string) => ({ cellType: "code", source, outputs: [], executionCount: 1 });

Deno.test("answerQuestion() records the request and the reply in the trace", async () => {
  const { traces, tracing } = traceKeeper({ cell: { cellId: "c" } });
  const script = [...delta({ reasoning_content: "Hm." }), ...text("Yes."), ...finish(), ...usage(), ...done()];
  const given = { trace: tracing, above: [codeCell("x = 1")], fileNames: ["t.csv"] };
  await using session = await startQuestions(script, { ...given, meter: new UsageMeter({}, PRICE) });
  const { written } = await session.ask("  Is x one?\n");
  assert.deepEqual(written, ["markdown Yes."]);
  const [{ startedAt: _at, firstTokenMs, totalMs, requests: [request], ...rest }] = traces;
  assert.ok(firstTokenMs! <= totalMs);
  assert.deepEqual(rest, {
    cellId: "c",
    model: "gpt-test",
    usage: { requests: 1, input: 10, cachedInput: 0, output: 5, cost: 0.02 },
    ended: "success",
  });
  const sent = session.server.requests[0].body.messages.at(-1).content;
  assert.match(sent, /^Code cell In \[1\]:[^]*Question:\nIs x one\?\n\nFiles of the notebook: "t.csv"$/);
  assert.deepEqual(request.turns, [{ role: "user", content: sent, hints: ['Files of the notebook: "t.csv"'] }]);
  assert.deepEqual([request.why, request.api, request.calls, request.ended], ["cell", "chat", undefined, "stop"]);
  assert.deepEqual(request.usage, { input: 10, cachedInput: 0, output: 5, cost: 0.02 });
  assert.deepEqual(request.reply, [{ type: "thoughts", text: "Hm." }, { type: "text", text: "Yes." }]);
});

Deno.test("answerQuestion() records the shorter request after one that was too long", async () => {
  const { traces, tracing } = traceKeeper();
  const above = Array.from({ length: 12 }, (_, index) => codeCell(`a${index} = ${"1 + ".repeat(400)}1`));
  await using session = await startQuestions(inTurn(tooLong, [...text("Yes."), ...finish(), ...done()]), {
    trace: tracing,
    above,
  });
  await session.ask("Really?");
  const [first, second] = traces[0].requests;
  assert.deepEqual([first.ended, second.why, second.ended], ["failed", "too_long", "stop"]);
  assert.ok(second.turns[0].content.length < first.turns[0].content.length);
  assert.match(second.turns[0].content, /Question:\nReally\?$/);
});

Deno.test("answerQuestion() records a model failure and a reached session limit", async () => {
  const { traces, tracing } = traceKeeper();
  const meter = new UsageMeter({ maxTokensPerSession: 15 });
  await using session = await startQuestions(answer(stdout("1\n")), { trace: tracing, meter });
  await session.ask("Really?");
  await session.ask("And now?");
  assert.deepEqual(traces.map(({ ended, failure, requests }) => [ended, failure, requests.length]), [
    ["error", "invalid_answer", 1],
    ["error", "session_limit", 0],
  ]);
  assert.match(traces[0].error!, /called the tool "stdout"/);
  assert.deepEqual(traces[0].requests[0].reply, [{ type: "call", name: "stdout", arguments: '{"text":"1\\n"}' }]);
});

Deno.test("answerQuestion() records an interrupted answer, but nothing for an empty question", async () => {
  const { traces, tracing } = traceKeeper();
  await using session = await startQuestions([...text("Ye"), ...gate("rest")], { trace: tracing });
  await session.ask(" \n");
  assert.equal(traces.length, 0);
  const stop = new AbortController();
  const asked = session.ask("Really?", stop.signal);
  await session.server.reached("rest");
  stop.abort(new Error("stopped"));
  await assert.rejects(asked, /stopped/);
  const [{ ended, requests: [request] }] = traces;
  assert.deepEqual([ended, request.ended], ["interrupted", "interrupted"]);
});

Deno.test("answerQuestion() records the question at the end of a turn that is too long to be kept", async () => {
  const { traces, tracing } = traceKeeper();
  const above = Array.from({ length: 40 }, (_, index) => codeCell(`a${index} = "${"1 + ".repeat(1_000)}"`));
  const given = { trace: tracing, above, fileNames: ["t.csv"], budget: new ContextBudget(400_000) };
  await using session = await startQuestions(answer(text("Yes.")), given);
  await session.ask("Really?");
  const [{ content, hints }] = traces[0].requests[0].turns;
  assert.ok(session.server.requests[0].body.messages.at(-1).content.length > MAX_TRACED_TEXT);
  assert.equal(content.length, MAX_TRACED_TEXT);
  assert.ok(content.endsWith('Question:\nReally?\n\nFiles of the notebook: "t.csv"'), content.slice(-200));
  assert.deepEqual(hints, ['Files of the notebook: "t.csv"']);
});
