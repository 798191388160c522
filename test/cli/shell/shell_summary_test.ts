import assert from "node:assert/strict";
import { describeEnd, describeFailures, describeProgress } from "../../../src/cli/shell/shell_summary.ts";
import type { SessionUsage } from "../../../src/execution/usage_meter.ts";

const cell = { type: "code" as const, id: "a", source: "", metadata: {}, outputs: [] };
const failed = (...failures: [number, string][]) =>
  describeFailures({
    failures: failures.map(([executionCount, error], index) => ({ cell, number: index + 1, executionCount, error })),
  });

Deno.test("describeFailures() groups consecutive cells that failed for the same reason", () => {
  assert.deepEqual(failed([1, "A: x\nmore"], [2, "B: y"], [3, "B: y"], [4, "B: y"], [6, "B: y"], [7, "A: x"]), [
    "In [1] failed: A: x",
    "In [2] to In [4] failed: B: y",
    "In [6] failed: B: y",
    "In [7] failed: A: x",
  ]);
  assert.deepEqual(failed(), []);
});

Deno.test("describeEnd() shows tokens, and the cost in dollars if the price is known", () => {
  const run = { total: 2, done: 2, failures: [] };
  const usage = { cells: 2, requests: 2, input: 1_200, cachedInput: 0, output: 34 };
  const end = (spent: SessionUsage) => describeEnd({ run, usage: spent, elapsedMs: 4_200 }, "m");
  assert.equal(end(usage), "2 cells, 4.2 s, 1,234 tokens, simulated by m");
  assert.equal(end({ ...usage, cost: 0.0004 }), "2 cells, 4.2 s, 1,234 tokens, $0.0004, simulated by m");
  assert.equal(
    describeProgress({ run: { ...run, done: 0 }, usage: { ...usage, cost: 1.5 }, elapsedMs: 0 }),
    "cell 1 of 2, 0.0 s, 1,234 tokens, $1.50",
  );
});
