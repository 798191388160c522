/**
 * The summary at the end of a demo.
 *
 * @module
 */

import assert from "node:assert/strict";
import { summarize } from "../../../stack/demo/summary.ts";

const report = { cells: 3, expectedErrors: 1, firstOutputMs: [90, 30, 50], events: 1234, differences: [], exact: true };

Deno.test("summarize() reports the median and the longest time, and the length of the log", () => {
  const summary = summarize(report);
  assert.match(summary, /^3 cells ran, 1 of them/);
  assert.match(summary, /50 ms \(median\), 90 ms \(longest\)/);
  assert.match(summary, /1,234 events/);
  assert.match(summary, /All as recorded/);
});

Deno.test("summarize() lists the differences by cell", () => {
  const differences = [{ executionCount: 2, messages: ["one", "two"] }];
  const summary = summarize({ ...report, differences });
  assert.match(summary, /Not as recorded/);
  assert.ok(summary.includes("\n  In [2]: one\n  In [2]: two\n"));
});

Deno.test("summarize() reports that only the status was compared when outputs differ each time", () => {
  assert.match(summarize({ ...report, exact: false }), /compared: only which cells fail/);
});

Deno.test("summarize() reports no times when no cell had an output", () => {
  assert.doesNotMatch(summarize({ ...report, firstOutputMs: [] }), /median/);
});
