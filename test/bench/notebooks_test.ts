import assert from "node:assert/strict";
import { measure } from "../../bench/notebooks/measure.ts";

Deno.test("the benchmark of many notebooks measures every executed cell and every process", async () => {
  const pace = { firstTokenMs: 10, tokensPerSecond: 1_000, tokens: 20 };
  const measured = await measure({ notebooks: 2, pace, workload: { cells: 2, spreadMs: 0 } });
  assert.equal(measured.times.length, 4);
  for (const { firstOutput, completed } of measured.times) assert(10 < firstOutput && firstOutput <= completed);
  assert(measured.eventsPerSecond > 0 && measured.idle.heapUsed > 0 && measured.used.rss > 0);
  assert.deepEqual(Object.keys(measured.load), ["agent", "sync server", "model", "visitors"]);
});
