/**
 * One cell from its code to its outputs, with a scripted model server at the other end.
 *
 * @module
 */

import assert from "node:assert/strict";
import { failureNote } from "../../src/execution/model_failure.ts";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import { type CellResult, executeCell, type ExecuteCellOptions } from "../../src/execution/execute_cell.ts";
import type { Model } from "../../src/execution/model.ts";
import { openAIModel } from "../support/model_requests.ts";
import { RecordingContext } from "../support/recording_context.ts";
import {
  answer,
  callInPieces,
  cut,
  display,
  done,
  error,
  finish,
  gate,
  result,
  stderr,
  stdout,
  type Step,
  text,
  usage,
} from "../support/scripted_answer.ts";
import { type ScriptSource, startScriptedModel } from "../support/scripted_model_server.ts";

const USAGE = { requests: 1, input: 10, cachedInput: 0, output: 5 };

/** Runs a cell on a model, with what the test does not care about filled in. */
function run(model: Model, context: RecordingContext, options: Partial<ExecuteCellOptions> = {}): Promise<CellResult> {
  return executeCell({
    model,
    context,
    history: [],
    code: "cell()",
    executionCount: 1,
    reasoning: "off",
    signal: new AbortController().signal,
    ...options,
  });
}

/** Returns the outputs and the end of a cell when the model server follows this script. */
async function execute(source: ScriptSource, options: Partial<ExecuteCellOptions> = {}) {
  await using server = await startScriptedModel(source);
  const context = new RecordingContext();
  const ended = await run(openAIModel(server), context, options);
  const { outputs, calls, flushes } = context;
  return { ended, outputs, calls, flushes, requests: server.requests };
}

/** Asserts that a cell failed for a reason that lies with the model, after these outputs. */
function assertModelError(
  { ended, outputs, flushes }: { ended: CellResult; outputs: CellOutput[]; flushes: number },
  reason: RegExp,
  before: CellOutput[] = [],
): void {
  const failure = outputs.at(-1);
  assert.ok(failure?.type === "error", JSON.stringify(outputs));
  assert.equal(failure.ename, "ModelError");
  assert.match(failure.evalue, reason);
  assert.equal(failure.traceback[0], `ModelError: ${failure.evalue}`);
  assert.match(failure.traceback[1], /not a Python exception/);
  assert.deepEqual(outputs.slice(0, -1), before);
  assert.equal(ended.status, "error");
  assert.equal(ended.error, `ModelError: ${failure.evalue}`);
  assert.equal(flushes, 1);
}

Deno.test("executeCell() shows an answer's outputs in the model's order and tells what it cost", async () => {
  const { ended, outputs, flushes } = await execute(answer(
    stdout("a\n"),
    stderr("b\n"),
    display({ "text/plain": "d" }, { "text/plain": {} }),
    stdout("c\n"),
    result("6"),
  ));
  assert.deepEqual(ended, { status: "success", usage: USAGE });
  assert.deepEqual(outputs, [
    { type: "stream", name: "stdout", text: "a\n" },
    { type: "stream", name: "stderr", text: "b\n" },
    { type: "display_data", data: { "text/plain": "d" }, metadata: { "text/plain": {} } },
    { type: "stream", name: "stdout", text: "c\n" },
    { type: "execute_result", data: { "text/plain": "6" } },
  ]);
  assert.equal(flushes, 1);
});

Deno.test("executeCell() sends the conversation, the five tools and the cache key", async () => {
  const { requests } = await execute(answer(), {
    history: [{ executionCount: 1, code: "x = 1", outputs: [] }],
    code: "x",
    executionCount: 2,
    cacheKey: "notebook-1",
  });
  const { body } = requests[0];
  assert.deepEqual(body.messages.map((message: { role: string }) => message.role), [
    "system",
    "user",
    "assistant",
    "user",
  ]);
  assert.equal(body.messages.at(-1).content, "In [2]: Out[2] unless None\nx");
  assert.equal(body.tools.length, 5);
  assert.equal(body.prompt_cache_key, "notebook-1");
});

Deno.test("executeCell() sends no cell in which the model failed or that was refused", async () => {
  const error = (ename: string) => ({ type: "error" as const, ename, evalue: "", traceback: [] });
  const { requests } = await execute(answer(), {
    history: [
      { executionCount: 1, code: "kept = 1", outputs: [error("ValueError")] },
      { executionCount: 2, code: "failed", outputs: [error("ModelError")] },
      { executionCount: 3, code: "refused", outputs: [error("RefusedByAIPython")] },
      {
        executionCount: 4,
        code: "gave_up",
        outputs: [{ type: "stream", name: "stderr", text: failureNote("Prose.") }],
      },
    ],
    code: "x",
    executionCount: 5,
  });
  const sent = JSON.stringify(requests[0].body.messages.slice(1));
  assert.match(sent, /kept = 1/);
  assert.doesNotMatch(sent, /failed|refused|gave_up/);
});

Deno.test("executeCell() shows text while its call is still being written", async () => {
  await using server = await startScriptedModel([
    ...callInPieces("stdout", ['{"text":"first\\n']),
    ...gate("written"),
    ...[{ type: "piece", text: 'second\\n"}' } as Step],
    ...finish("tool_calls"),
    ...done(),
  ]);
  const context = new RecordingContext();
  const running = run(openAIModel(server), context);
  await context.firstOutput();
  assert.deepEqual(context.outputs, [{ type: "stream", name: "stdout", text: "first\n" }]);
  server.open("written");
  await running;
  assert.deepEqual(context.calls.map((output) => output.type === "stream" && output.text), ["first\n", "second\n"]);
});

Deno.test("executeCell() puts calls that arrive interleaved back in order", async () => {
  const piece = (index: number, text: string): Step => ({ type: "piece", index, text });
  const { ended, outputs } = await execute([
    { type: "call", name: "stdout" },
    piece(0, '{"text":"a'),
    { type: "call", name: "display" },
    piece(1, '{"data":{"text/plain":"6"}}'),
    { type: "call", name: "stderr" },
    piece(2, '{"text":"e'),
    piece(0, 'b\\n"}'),
    piece(2, '!"}'),
    ...finish(),
    ...done(),
  ]);
  assert.equal(ended.status, "success");
  assert.deepEqual(outputs, [
    { type: "stream", name: "stdout", text: "ab\n" },
    { type: "display_data", data: { "text/plain": "6" } },
    { type: "stream", name: "stderr", text: "e!" },
  ]);
});

for (const code of ["", "  \n\t\n", "# nothing"]) {
  Deno.test(`executeCell() succeeds with the code ${JSON.stringify(code)} without asking the model`, async () => {
    const { ended, outputs, requests } = await execute(answer(stdout("no")), { code });
    assert.deepEqual(ended, { status: "success" });
    assert.deepEqual(outputs, []);
    assert.deepEqual(requests, []);
  });
}

for (const said of ["", "(no output)", " (no output)\n", "x becomes 5, so there is nothing to show.\n\n(no output)"]) {
  Deno.test(`executeCell() takes the answer ${JSON.stringify(said)} for a cell that outputs nothing`, async () => {
    const { ended, outputs, flushes } = await execute(answer(text(said)));
    assert.deepEqual(ended, { status: "success", usage: USAGE });
    assert.deepEqual(outputs, []);
    assert.equal(flushes, 1);
  });
}

Deno.test("executeCell() does not show the text before, between and after calls", async () => {
  const { outputs } = await execute(
    answer(text("Let me think"), stdout("a\n"), text("and"), result("6"), text("done")),
  );
  assert.deepEqual(outputs.map((output) => output.type), ["stream", "execute_result"]);
});

Deno.test("executeCell() ends with the Python exception that the model reports", async () => {
  const { ended, outputs } = await execute(
    answer(stdout("a\n"), error("ZeroDivisionError", "division by zero", "x\ny")),
  );
  assert.deepEqual(ended, {
    status: "error",
    error: "ZeroDivisionError: division by zero",
    usage: USAGE,
    stops: "run",
  });
  const shown = outputs[1];
  assert.ok(shown.type === "error");
  assert.deepEqual([shown.ename, shown.evalue], ["ZeroDivisionError", "division by zero"]);
  assert.match(shown.traceback.join("\n"), /-{75}[^]*ZeroDivisionError.*Traceback \(most recent call last\)/);
});

Deno.test("executeCell() names an exception without a message by its class", async () => {
  assert.equal((await execute(answer(error("KeyboardInterrupt", "")))).ended.error, "KeyboardInterrupt");
});

Deno.test("executeCell() shows nothing after an exception and does not wait for the rest", async () => {
  const { ended, outputs } = await execute([...error("E", "v"), ...stdout("after\n"), ...gate("never")]);
  assert.deepEqual([ended.status, ended.error], ["error", "E: v"]);
  assert.equal(outputs.length, 1);
});

Deno.test("executeCell() sticks to the exception when the connection breaks after it", async () => {
  const { ended, outputs } = await execute([...error("E", "v"), ...cut()]);
  assert.deepEqual([ended.status, ended.error], ["error", "E: v"]);
  assert.equal(outputs.length, 1);
});

Deno.test("executeCell() fails on the provider's content filter, keeps the text and tells the cost", async () => {
  const executed = await execute([
    ...callInPieces("stdout", ['{"text":"a\\n']),
    ...finish("content_filter"),
    ...usage(),
    ...done(),
  ]);
  assertModelError(executed, /content filter/, [{ type: "stream", name: "stdout", text: "a\n" }]);
  assert.deepEqual(executed.ended.usage, USAGE);
  assert.equal(executed.requests.length, 1);
});

Deno.test("executeCell() fails on a connection that breaks in the middle and keeps the text", async () => {
  const before: CellOutput[] = [{ type: "stream", name: "stdout", text: "a" }];
  assertModelError(await execute([...callInPieces("stdout", ['{"text":"a']), ...cut()]), /cut off/, before);
});

Deno.test("executeCell() fails on a server's error and gives the id of the request", async () => {
  const executed = await execute({
    status: 400,
    headers: { "x-request-id": "req_7" },
    body: { error: { message: "no" } },
  });
  assertModelError(executed, /rejected the request/);
  const [failure] = executed.outputs;
  assert.ok(failure.type === "error");
  assert.equal(failure.traceback.at(-1), "The provider's id of the request: req_7");
});

Deno.test("executeCell() rejects with the signal's reason and writes nothing more when it is interrupted", async () => {
  await using server = await startScriptedModel([...stdout("a\n"), ...gate("written"), ...stdout("b\n")]);
  const context = new RecordingContext();
  const abort = new AbortController();
  const running = run(openAIModel(server), context, { signal: abort.signal });
  running.catch(() => {});
  await context.firstOutput();
  abort.abort("interrupted");
  await assert.rejects(running, (reason) => reason === "interrupted");
  await server.disconnected(0);
  assert.deepEqual(context.outputs, [{ type: "stream", name: "stdout", text: "a\n" }]);
});

Deno.test("executeCell() writes nothing after an interrupt even if the model goes on", async () => {
  const abort = new AbortController();
  const model: Model = {
    name: "deaf",
    async *stream() {
      yield { type: "tool_call", index: 0, id: "call_0", name: "stdout" };
      abort.abort("interrupted");
      yield { type: "tool_call_delta", index: 0, delta: '{"text":"a"}' };
      yield { type: "finish", reason: "tool_calls" };
    },
  };
  const context = new RecordingContext();
  await assert.rejects(run(model, context, { signal: abort.signal }), (reason) => reason === "interrupted");
  assert.deepEqual(context.outputs, []);
});

Deno.test("executeCell() does not begin when it is interrupted already", async () => {
  await using server = await startScriptedModel(answer(stdout("a")));
  const signal = AbortSignal.abort("interrupted");
  for (const code of ["cell()", ""]) {
    await assert.rejects(run(openAIModel(server), new RecordingContext(), { signal, code }), (reason) => {
      return reason === "interrupted";
    });
  }
  assert.deepEqual(server.requests, []);
});

Deno.test("executeCell() waits until its outputs have arrived", async () => {
  await using server = await startScriptedModel(answer(stdout("a")));
  const arrived = Promise.withResolvers<void>();
  const flushing = Promise.withResolvers<void>();
  const context = new RecordingContext(() => {
    flushing.resolve();
    return arrived.promise;
  });
  let ended = false;
  const running = run(openAIModel(server), context).then(() => ended = true);
  await flushing.promise;
  assert.equal(ended, false);
  arrived.resolve();
  await running;
});

Deno.test("executeCell() rejects when its outputs cannot arrive", async () => {
  await using server = await startScriptedModel(answer(stdout("a")));
  const context = new RecordingContext(() => Promise.reject(new Error("offline")));
  await assert.rejects(run(openAIModel(server), context), /offline/);
});

Deno.test("executeCell() passes a defect on instead of showing it", async () => {
  const model: Model = {
    name: "defective",
    // deno-lint-ignore require-yield -- it fails before its first event
    async *stream() {
      throw new TypeError("defect");
    },
  };
  const context = new RecordingContext();
  await assert.rejects(run(model, context), TypeError);
  assert.deepEqual(context.outputs, []);
});
