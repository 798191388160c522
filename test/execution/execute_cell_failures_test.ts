/**
 * Cells that raise an exception, fail, or are interrupted.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { CellResult } from "../../src/execution/execute_cell.ts";
import type { Model } from "../../src/execution/model.ts";
import { openAIModel } from "../support/model_requests.ts";
import { RecordingContext } from "../support/recording_context.ts";
import { answer, callInPieces, cut, done, error, finish, gate, stdout, usage } from "../support/scripted_answer.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { execute, run, USAGE } from "./execute_cell_run.ts";

/** Asserts that a cell ended with a ModelError after these outputs. */
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

Deno.test("executeCell() reports an exception without a message by its class name", async () => {
  assert.equal((await execute(answer(error("KeyboardInterrupt", "")))).ended.error, "KeyboardInterrupt");
});

Deno.test("executeCell() ends at an exception without waiting for the rest of the reply", async () => {
  const { ended, outputs } = await execute([...error("E", "v"), ...stdout("after\n"), ...gate("never")]);
  assert.deepEqual([ended.status, ended.error], ["error", "E: v"]);
  assert.equal(outputs.length, 1);
});

Deno.test("executeCell() reports the exception when the connection breaks after it", async () => {
  const { ended, outputs } = await execute([...error("E", "v"), ...cut()]);
  assert.deepEqual([ended.status, ended.error], ["error", "E: v"]);
  assert.equal(outputs.length, 1);
});

Deno.test("executeCell() keeps the text and returns the usage when the content filter ends the reply", async () => {
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

Deno.test("executeCell() keeps the text when the connection breaks in the middle of a call", async () => {
  const before: CellOutput[] = [{ type: "stream", name: "stdout", text: "a" }];
  assertModelError(await execute([...callInPieces("stdout", ['{"text":"a']), ...cut()]), /cut off/, before);
});

Deno.test("executeCell() shows the request id when the server returns an error", async () => {
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

Deno.test("executeCell() rejects with the signal's reason when it is interrupted", async () => {
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

Deno.test("executeCell() writes nothing after an interrupt even if the model continues", async () => {
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

Deno.test("executeCell() sends no request when its signal is already aborted", async () => {
  await using server = await startScriptedModel(answer(stdout("a")));
  const signal = AbortSignal.abort("interrupted");
  for (const code of ["cell()", ""]) {
    await assert.rejects(run(openAIModel(server), new RecordingContext(), { signal, code }), (reason) => {
      return reason === "interrupted";
    });
  }
  assert.deepEqual(server.requests, []);
});

Deno.test("executeCell() waits until its outputs are delivered", async () => {
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

Deno.test("executeCell() rejects when its outputs cannot be delivered", async () => {
  await using server = await startScriptedModel(answer(stdout("a")));
  const context = new RecordingContext(() => Promise.reject(new Error("offline")));
  await assert.rejects(run(openAIModel(server), context), /offline/);
});

Deno.test("executeCell() rejects with an unexpected error and does not show it in the cell", async () => {
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
