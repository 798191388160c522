/**
 * The trace of a cell: the requests to the model and its replies.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { ObservedRequest } from "../../../src/execution/observed_request.ts";
import type { ExecuteCellOptions } from "../../../src/execution/execute_cell.ts";
import { MAX_TRACED_TEXT } from "../../../src/execution/trace/cell_trace.ts";
import { UsageMeter } from "../../../src/execution/usage_meter.ts";
import { startCell } from "../../support/cell_run.ts";
import { ManualClock } from "../../support/manual_clock.ts";
import { openAIModel } from "../../support/model_requests.ts";
import { RecordingContext } from "../../support/recording_context.ts";
import {
  answer,
  chunkOf,
  delta,
  done,
  finish,
  gate,
  result,
  stdout,
  type Step,
  text,
} from "../../support/scripted_answer.ts";
import { inTurn, startScriptedModel } from "../../support/scripted_model_server.ts";
import { runTraced, traceKeeper } from "../../support/traced_cell.ts";
import { cutReply, made } from "./traced_parts.ts";

/** Builds the end of an answer with a number of reasoning tokens. */
const billed = (reasoning_tokens: number): Step[] => {
  const cost = {
    prompt_tokens: 20,
    completion_tokens: 9,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens },
  };
  return [...finish("tool_calls"), { type: "chunk", chunk: chunkOf([], cost) }, ...done()];
};

Deno.test("a trace has the cell's turn, the reply, the usage, and the end of the cell", async () => {
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
  Deno.test(`a trace has the turn as it was sent when calls are text (${api})`, async () => {
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

Deno.test("a trace has the cost of each request and of the cell when the price is known", async () => {
  const meter = new UsageMeter({}, { input: 1_000, cachedInput: 500, output: 2_000 });
  const untold = [...stdout("b\n"), ...finish("tool_calls"), ...done()];
  const { trace } = await runTraced(inTurn(cutReply, untold), { meter });
  assert.deepEqual(trace.requests.map(({ usage }) => usage?.cost), [0.02, undefined]);
  assert.ok(trace.usage.cost! > 0.02, "usage that the server does not report is estimated in the sum");
  assert.equal(trace.usage.cost, meter.total.cost);
});

Deno.test("a turn that is too long is traced with the cell's code rather than with its files", async () => {
  const files = [{ name: "t.csv", version: "1", description: "1,2\n".repeat(20_000) }];
  const options = { code: "open('t.csv')", files, historyTokens: 400_000 };
  const { trace, conversations: [sent] } = await runTraced(answer(stdout("a\n")), options);
  assert.ok(sent.at(-1)!.content!.length > MAX_TRACED_TEXT);
  const [{ content, hints = [] }] = trace.requests[0].turns;
  assert.equal(content, sent.at(-1)!.content!.slice(-MAX_TRACED_TEXT));
  assert.ok(content.endsWith("open('t.csv')"), content.slice(-200));
  assert.ok(hints.length > 0 && hints.every((hint) => content.includes(hint)));
});

Deno.test("a turn with code that is too long is traced with its prompt and the beginning of the code", async () => {
  const files = [{ name: "t.csv", version: "1", description: "1,2\n" }];
  const code = `print('a')\n${"# more\n".repeat(20_000)}`;
  const { trace, conversations: [sent] } = await runTraced(answer(stdout("a\n")), { code, files });
  const [{ content }] = trace.requests[0].turns;
  assert.match(content, /^In \[7\]:.*\nprint\('a'\)\n# more\n/);
  assert.equal(content.length, MAX_TRACED_TEXT);
  assert.ok(sent.at(-1)!.content!.includes(content));
});

Deno.test("calls that are written as text are traced as text", async () => {
  const said = '<tool_call>{"name": "stdout", "arguments": {"text": "a\\n"}}</tool_call>';
  const { trace, outputs } = await runTraced(answer(text(said.slice(0, 30)), text(said.slice(30))));
  assert.deepEqual(trace.requests[0].reply, [{ type: "text", text: said }]);
  assert.equal(outputs.length, 1);
});

Deno.test("thoughts and their tokens are traced when the server sends them", async () => {
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

Deno.test("thoughts and their tokens are traced from the Responses interface", async () => {
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

Deno.test("times are measured from the start of the execution with the clock of the trace", async () => {
  const clock = new ManualClock(new Date("2026-01-02T03:04:05Z"));
  await using server = await startScriptedModel([...gate("first"), ...stdout("a\n"), ...gate("last"), ...answer()]);
  const { traces, tracing } = traceKeeper({ clock });
  const context = new RecordingContext();
  const running = startCell(openAIModel(server), context, { trace: tracing });
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

Deno.test("a cell without code has no trace, but a cell that the session limit refuses has one", async () => {
  const { traces, tracing } = traceKeeper();
  await using server = await startScriptedModel(answer(stdout("a\n")));
  const run = (options: Partial<ExecuteCellOptions>) =>
    startCell(openAIModel(server), new RecordingContext(), { trace: tracing, ...options });
  await run({ code: "# nothing" });
  assert.equal(traces.length, 0);
  const meter = new UsageMeter({ maxTokensPerSession: 1 });
  meter.add({ input: 1, cachedInput: 0, output: 1 });
  await run({ code: "1", meter });
  assert.deepEqual([traces[0].failure, traces[0].requests], ["session_limit", []]);
});

Deno.test("a cell without tracing passes no observer to the model", async () => {
  await using server = await startScriptedModel(answer(stdout("a\n")));
  const model = openAIModel(server);
  const observers: unknown[] = [];
  const watched = {
    name: "watched",
    stream: (request: ObservedRequest) => {
      observers.push(request.observer);
      return model.stream(request);
    },
  };
  await startCell(watched, new RecordingContext());
  assert.deepEqual(observers, [undefined]);
});
