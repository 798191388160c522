import assert from "node:assert/strict";
import { describeFailures } from "../../../src/cli/shell/shell_summary.ts";

const cell = { type: "code" as const, id: "a", source: "", metadata: {}, outputs: [] };
const failed = (...failures: [number, string][]) =>
  describeFailures({
    failures: failures.map(([executionCount, error], index) => ({ cell, number: index + 1, executionCount, error })),
  });

Deno.test("describeFailures() gives a cell a line, and cells in a row that failed for the same reason one together", () => {
  assert.deepEqual(failed([1, "A: x\nmore"], [2, "B: y"], [3, "B: y"], [4, "B: y"], [6, "B: y"], [7, "A: x"]), [
    "In [1] failed: A: x",
    "In [2] to In [4] failed: B: y",
    "In [6] failed: B: y",
    "In [7] failed: A: x",
  ]);
  assert.deepEqual(failed(), []);
});
