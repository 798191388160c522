/**
 * The table that the benchmark prints.
 *
 * @module
 */

import assert from "node:assert/strict";
import { isKept, type Measurement, ratioOf } from "../../../bench/speed/measurement.ts";
import { formatMarkdown, formatText, formatValue } from "../../../bench/speed/table.ts";

const time: Measurement = {
  id: "first",
  title: "first output",
  unit: "ms",
  ours: 411.6,
  beside: 7_108.2,
  limit: { value: 710.82, from: "baseline / 10" },
};
const share: Measurement = {
  id: "share",
  title: "share",
  unit: "share",
  ours: 0.85,
  beside: 0.6,
  more: true,
  limit: { value: 0.9 },
};
const alone: Measurement = { id: "hop", title: "hop", unit: "ms", ours: 28.04 };

Deno.test("ratioOf() returns how many times better our value is, for units where less or more is better", () => {
  assert.equal(ratioOf(time)?.toFixed(2), "17.27");
  assert.equal(ratioOf(share)?.toFixed(2), "1.42");
  assert.equal(ratioOf(alone), undefined);
});

Deno.test("a promise is kept up to its limit, in the better direction", () => {
  assert.equal(isKept({ ...time, ours: 710.82 }), true);
  assert.equal(isKept({ ...time, ours: 711 }), false);
  assert.equal(isKept(share), false);
  assert.equal(isKept({ ...share, ours: 0.9 }), true);
  assert.equal(isKept(alone), undefined);
});

Deno.test("the Markdown table has columns for our value, the baseline, the ratio and the limit", () => {
  assert.equal(
    formatMarkdown([alone, time, share]),
    `| what | ours | baseline | ratio | limit | kept |
| --- | ---: | ---: | ---: | ---: | ---: |
| hop | 28 ms |  |  |  |  |
| first output | 412 ms | 7,108 ms | 17.3 | baseline / 10 = 711 ms | yes |
| share | 85.0 % | 60.0 % | 1.42 | 90.0 % | NO |
`,
  );
});

Deno.test("the text table is aligned", () => {
  assert.equal(
    formatText([alone, time]),
    `what            ours  baseline  ratio                   limit  kept
hop            28 ms
first output  412 ms  7,108 ms   17.3  baseline / 10 = 711 ms   yes
`,
  );
});

Deno.test("formatValue() shows only significant digits", () => {
  assert.deepEqual([
    formatValue(28.04, "ms"),
    formatValue(4.26, "ms"),
    formatValue(12_345.6, "bytes"),
    formatValue(9.96, "count"),
  ], [
    "28 ms",
    "4.3 ms",
    "12,346 B",
    "10",
  ]);
});
