/**
 * The record of what a model was asked for a cell, and what it answered.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ObservedRequest } from "../../../src/execution/observed_request.ts";
import { executeCell } from "../../../src/execution/execute_cell.ts";
import { MAX_TRACED_TEXT, type TracedPart } from "../../../src/execution/trace/cell_trace.ts";
import { UsageMeter } from "../../../src/execution/usage_meter.ts";
import { HastyClock } from "../../support/hasty_clock.ts";
import { ManualClock } from "../../support/manual_clock.ts";
import { openAIModel } from "../../support/model_requests.ts";
import { RecordingContext } from "../../support/recording_context.ts";
import {
  answer,
  call,
  callInPieces,
  chunkOf,
  delta,
  done,
  finish,
  gate,
  result,
  stdout,
  type Step,
  text,
  usage,
} from "../../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../../support/scripted_model_server.ts";
import { runTraced, traceKeeper } from "../../support/traced_cell.ts";

/** A part of a reply that is a call. */
const made = (name: string, args: unknown): TracedPart => ({ type: "call", name, arguments: JSON.stringify(args) });

/** The end of an answer that tells how many tokens were reasoning. */
const billed = (reasoning_tokens: number): Step[] => {
  const cost = {
    prompt_tokens: 20,
    completion_tokens: 9,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens },
  };
  return [...finish("tool_calls"), { type: "chunk", chunk: chunkOf([], cost) }, ...done()];
};

Deno.test("a record has the cell's turn, the reply as it came, what it cost, and how it ended", async () => {
  const { trace, conversations: [sent] } = await runTraced(
    answer(text("x is 1.\n"), stdout("a\n"), result("2")),
    { code: "x = 1\nprint('a')\nx + 1", reasoning: "brief" },
  );
  const { startedAt, firstTokenMs, totalMs, requests: [request], ...rest } = trace;
  assert.deepEqual(rest, {
    executionCount: 7,
    model: "gpt-test",
    usage: { requests: 1, input: 10, cachedInput: 0, output: 5 },
    ended: "success",
  });
  assert.ok(Math.abs(Date.parse(startedAt) - Date.now()) < 60_000);
  assert.ok(firstTokenMs! <= totalMs);
  const { firstTokenMs: _first, totalMs: _total, estimatedTokens, ...known } = request;
  assert.ok(estimatedTokens > 100);
  const hint = "Out[7] unless None; work it out in short notes first";
  assert.deepEqual(known, {
    why: "cell",
    turns: [{ role: "user", content: `In [7]: ${hint}\nx = 1\nprint('a')\nx + 1`, hints: [hint] }],
    messages: 2,
    api: "chat",
    calls: "tools",
    form: "",
    attempts: 1,
    retries: [],
    waits: [],
    reply: [
      { type: "text", text: "x is 1.\n" },
      made("stdout", { text: "a\n" }),
      made("execute_result", { data: { "text/plain": "2" } }),
    ],
    replyCharacters: '{"text":"a\\n"}stdout{"data":{"text/plain":"2"}}execute_resultx is 1.\n'.length,
    ended: "tool_calls",
    usage: { input: 10, cachedInput: 0, output: 5 },
  });
  assert.equal(request.turns[0].content, sent[1].content);
});

for (const api of ["chat", "responses"] as const) {
  Deno.test(`the turn of a record is what is sent, in both interfaces and as text (${api})`, async () => {
    const { trace, requests: [{ body }] } = await runTraced(answer(stdout("a\n")), { toolMode: "text" }, { api });
    const [{ turns: [{ content }], reply, ...request }] = trace.requests;
    assert.deepEqual([request.api, request.calls, request.form], [
      api,
      "text",
      api === "chat" ? "calls=text" : "api=responses calls=text",
    ]);
    assert.equal((body.messages ?? body.input).at(-1).content, content);
    assert.deepEqual(reply, [made("stdout", { text: "a\n" })]);
  });
}

Deno.test("a record has what each request and all of them cost, where the price is known", async () => {
  const meter = new UsageMeter({}, { input: 1_000, cachedInput: 500, output: 2_000 });
  const untold = [...stdout("b\n"), ...finish("tool_calls"), ...done()];
  const { trace } = await runTraced(inTurn(cutReply, untold), { meter });
  assert.deepEqual(trace.requests.map(({ usage }) => usage?.cost), [0.02, undefined]);
  assert.ok(trace.usage.cost! > 0.02, "what the server does not tell is estimated in the sum");
  assert.equal(trace.usage.cost, meter.total.cost);
});

Deno.test("a turn that is longer than what is kept has the cell's code, not the beginning of its files", async () => {
  const files = [{ name: "t.csv", version: "1", description: "1,2\n".repeat(20_000) }];
  const options = { code: "open('t.csv')", files, historyTokens: 400_000 };
  const { trace, conversations: [sent] } = await runTraced(answer(stdout("a\n")), options);
  assert.ok(sent.at(-1)!.content!.length > MAX_TRACED_TEXT);
  const [{ content, hints = [] }] = trace.requests[0].turns;
  assert.equal(content, sent.at(-1)!.content!.slice(-MAX_TRACED_TEXT));
  assert.ok(content.endsWith("open('t.csv')"), content.slice(-200));
  assert.ok(hints.length > 0 && hints.every((hint) => content.includes(hint)));
});

Deno.test("a turn whose code is longer than what is kept has the beginning of the code, behind its prompt", async () => {
  const files = [{ name: "t.csv", version: "1", description: "1,2\n" }];
  const code = `print('a')\n${"# more\n".repeat(20_000)}`;
  const { trace, conversations: [sent] } = await runTraced(answer(stdout("a\n")), { code, files });
  const [{ content }] = trace.requests[0].turns;
  assert.match(content, /^In \[7\]:.*\nprint\('a'\)\n# more\n/);
  assert.equal(content.length, MAX_TRACED_TEXT);
  assert.ok(sent.at(-1)!.content!.includes(content));
});

Deno.test("calls that are written as text are kept as the text that came", async () => {
  const said = '<tool_call>{"name": "stdout", "arguments": {"text": "a\\n"}}</tool_call>';
  const { trace, outputs } = await runTraced(answer(text(said.slice(0, 30)), text(said.slice(30))));
  assert.deepEqual(trace.requests[0].reply, [{ type: "text", text: said }]);
  assert.equal(outputs.length, 1);
});

Deno.test("thoughts are kept where a server shows them, and the tokens that they took", async () => {
  const { trace } = await runTraced([
    ...delta({ reasoning_content: "One and " }),
    ...delta({ reasoning_content: "one is two." }),
    ...stdout("2\n"),
    ...billed(6),
  ]);
  const [{ reply, usage }] = trace.requests;
  assert.deepEqual(reply, [{ type: "thoughts", text: "One and one is two." }, made("stdout", { text: "2\n" })]);
  assert.deepEqual(usage, { input: 20, cachedInput: 4, output: 9, reasoning: 6 });
  assert.deepEqual(trace.usage, { requests: 1, input: 20, cachedInput: 4, output: 9, reasoning: 6 });
});

Deno.test("thoughts and their tokens are read from the Responses interface", async () => {
  const events = [
    { type: "response.created", response: {} },
    { type: "response.reasoning_summary_part.added", summary_index: 0 },
    { type: "response.reasoning_summary_text.delta", delta: "First." },
    { type: "response.reasoning_summary_part.added", summary_index: 1 },
    { type: "response.reasoning_summary_text.delta", delta: "Then." },
    {
      type: "response.output_item.added",
      output_index: 1,
      item: { type: "function_call", call_id: "a", name: "stdout" },
    },
    { type: "response.function_call_arguments.delta", output_index: 1, delta: '{"text":"2\\n"}' },
    {
      type: "response.completed",
      response: {
        status: "completed",
        usage: { input_tokens: 3, output_tokens: 2, output_tokens_details: { reasoning_tokens: 1 } },
      },
    },
  ];
  const steps = events.map((event): Step => ({ type: "raw", bytes: `data: ${JSON.stringify(event)}\n\n` }));
  const { trace } = await runTraced(steps, {}, { api: "responses" });
  const [{ reply, usage, api }] = trace.requests;
  assert.deepEqual(reply, [{ type: "thoughts", text: "First.\n\nThen." }, made("stdout", { text: "2\n" })]);
  assert.deepEqual(usage, { input: 3, cachedInput: 0, output: 2, reasoning: 1 });
  assert.equal(api, "responses");
});

const cutReply = [
  ...stdout("one\n"),
  ...callInPieces("stdout", ['{"text":"tw']),
  ...finish("length"),
  ...usage(),
  ...done(),
];

Deno.test("a reply that was cut is kept, and why the model is asked again, and with which words", async () => {
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
  Deno.test(`a record says why the model was asked again: ${why}`, async () => {
    const { trace } = await runTraced(inTurn(reply, answer(stdout("a\n"))), { code: "print('a')" });
    const [, second] = trace.requests;
    assert.equal(second?.why, why, JSON.stringify(trace.requests));
    assert.match(second.turns[0].content, said);
    assert.notEqual(second.problem, "");
    assert.equal(trace.ended, "success");
  });
}

Deno.test("a model that makes one call a reply is asked for the next one", async () => {
  const { trace } = await runTraced(inTurn(answer(stdout("a\n")), answer(stdout("b\n")), answer(text("(no output)"))), {
    toolMode: "sequential",
  });
  assert.deepEqual(trace.requests.map(({ why }) => why), ["cell", "next", "next"]);
});

Deno.test("a model that gives no usable answer leaves a record of all three requests", async () => {
  const { trace } = await runTraced(answer(text("Hello!")));
  assert.deepEqual(trace.requests.map(({ why }) => why), ["cell", "prose", "prose"]);
  assert.deepEqual([trace.ended, trace.failure], ["error", "invalid_answer"]);
  assert.match(trace.error!, /prose/);
});

Deno.test("a form that the server refuses is in the record with its reason, and the one that it takes", async () => {
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

Deno.test("retries and waits are in the record", async () => {
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
  // On this clock a server may also be told to be slow.
  assert.ok(waits.includes(retries[0]));
});

Deno.test("a request that was too long is in the record, and the smaller one with the cell's turn once more", async () => {
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

Deno.test("a model that fails leaves a record that says how", async () => {
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

Deno.test("a cell that is interrupted leaves a record of what had come", async () => {
  await using server = await startScriptedModel([
    ...stdout("a\n"),
    ...callInPieces("stdout", ['{"text":"b']),
    ...gate("never"),
  ]);
  const { traces, tracing } = traceKeeper();
  const context = new RecordingContext();
  const stop = new AbortController();
  const running = executeCell({
    model: openAIModel(server),
    context,
    history: [],
    code: "cell()",
    executionCount: 7,
    signal: stop.signal,
    trace: tracing,
  });
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

Deno.test("a cell whose outputs cannot arrive leaves a record, too", async () => {
  await using server = await startScriptedModel(answer(stdout("a\n")));
  const { traces, tracing } = traceKeeper();
  const context = new RecordingContext(() => Promise.reject(new Error("the notebook is gone")));
  const options = { model: openAIModel(server), context, history: [], code: "cell()", executionCount: 7 };
  await assert.rejects(executeCell({ ...options, signal: new AbortController().signal, trace: tracing }), /gone/);
  assert.deepEqual([traces[0].ended, traces[0].error], ["failed", "the notebook is gone"]);
});

Deno.test("times are measured from the execution's beginning, by the clock that is given", async () => {
  const clock = new ManualClock(new Date("2026-01-02T03:04:05Z"));
  await using server = await startScriptedModel([...gate("first"), ...stdout("a\n"), ...gate("last"), ...answer()]);
  const { traces, tracing } = traceKeeper({ clock });
  const context = new RecordingContext();
  const running = executeCell({
    model: openAIModel(server),
    context,
    history: [],
    code: "cell()",
    executionCount: 7,
    signal: new AbortController().signal,
    trace: tracing,
  });
  await server.reached("first");
  clock.advance(250);
  server.open("first");
  await context.firstOutput();
  clock.advance(750);
  server.open("last");
  await running;
  const [{ startedAt, firstTokenMs, totalMs, requests: [request] }] = traces;
  assert.deepEqual([startedAt, firstTokenMs, totalMs], ["2026-01-02T03:04:05.000Z", 250, 1_000]);
  assert.deepEqual([request.firstTokenMs, request.totalMs], [250, 1_000]);
});

Deno.test("a cell without code, for which no model is asked, has no record; one that the limit refuses has", async () => {
  const { traces, tracing } = traceKeeper();
  await using server = await startScriptedModel(answer(stdout("a\n")));
  const options = { model: openAIModel(server), context: new RecordingContext(), history: [], executionCount: 1 };
  const common = { ...options, signal: new AbortController().signal, trace: tracing };
  await executeCell({ ...common, code: "# nothing" });
  assert.equal(traces.length, 0);
  const meter = new UsageMeter({ maxTokensPerSession: 1 });
  meter.add({ input: 1, cachedInput: 0, output: 1 });
  await executeCell({ ...common, code: "1", meter });
  assert.deepEqual([traces[0].failure, traces[0].requests], ["session_limit", []]);
});

Deno.test("a cell that nobody traces sends the model no observer", async () => {
  await using server = await startScriptedModel(answer(stdout("a\n")));
  const model = openAIModel(server);
  const observers: unknown[] = [];
  await executeCell({
    model: {
      name: "watched",
      stream: (request: ObservedRequest) => {
        observers.push(request.observer);
        return model.stream(request);
      },
    },
    context: new RecordingContext(),
    history: [],
    code: "cell()",
    executionCount: 1,
    signal: new AbortController().signal,
  });
  assert.deepEqual(observers, [undefined]);
});
