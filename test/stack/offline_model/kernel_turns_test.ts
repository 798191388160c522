import assert from "node:assert/strict";
import { Kernel } from "../../../stack/offline_model/kernel.ts";
import type { PythonProcess } from "../../../stack/offline_model/python_process.ts";

/** Makes a kernel whose first cell runs until `end` is called. `log` has the cells as they begin and end. */
function makeKernel() {
  const log: string[] = [];
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  // deno-lint-ignore require-yield -- no cell has an output
  const run = async function* ({ code }: { code: string }) {
    log.push(`${code} begins`);
    await ended;
    log.push(`${code} ends`);
  };
  const exited = Promise.withResolvers<void>().promise;
  const process = { gone: false, exited, run, interrupt() {}, kill() {}, close: () => Promise.resolve() };
  const takeProcess = () => Promise.resolve(process as unknown as PythonProcess);
  const kernel = new Kernel({ takeProcess, isForgetful: false, cellLimitMs: 1_000 });
  const runCell = async (code: string, executionCount: number, signal = new AbortController().signal) => {
    for await (const _ of kernel.run({ earlier: [], cell: { executionCount, code } }, signal));
  };
  return { kernel, log, end, runCell };
}

Deno.test("Kernel runs a cell that arrives during another one after that one has ended", async () => {
  const { kernel, log, end, runCell } = makeKernel();
  const both = [runCell("a", 1), runCell("b", 2)];
  end();
  await Promise.all(both);
  await kernel.stop();
  assert.deepEqual(log, ["a begins", "a ends", "b begins", "b ends"]);
});

Deno.test("Kernel drops a cell that is aborted before its turn, and runs the next one", async () => {
  const { kernel, log, end, runCell } = makeKernel();
  const leaving = new AbortController();
  const all = [runCell("a", 1), runCell("b", 2, leaving.signal), runCell("c", 3)];
  leaving.abort();
  end();
  await Promise.all(all);
  await kernel.stop();
  assert.deepEqual(log, ["a begins", "a ends", "c begins", "c ends"]);
});
