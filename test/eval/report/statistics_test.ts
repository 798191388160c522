/**
 * The statistics of an evaluation's reports.
 *
 * @module
 */

import assert from "node:assert/strict";
import { count, duration, percent, points, ratio } from "../../../eval/report/figures.ts";
import { alike, kindsOf, percentile, tally } from "../../../eval/report/statistics.ts";
import { exactCell, lateCell, wrongCell } from "./eval_runs.ts";

const cells = [
  exactCell("a", { firstOutputMs: 10 }),
  exactCell("b", { firstOutputMs: 30, kind: "error" }),
  exactCell("c", { firstOutputMs: 20, match: "normalised", parts: { stdout: "normalised" } }),
  wrongCell("d", { firstOutputMs: 90 }),
  lateCell("e"),
];

Deno.test("tally() assigns each cell to one match and counts cells without a score separately", () => {
  const { cells: all, exact, normalised, wrong, failures } = tally(cells);
  assert.deepEqual({ all, exact, normalised, wrong, failures }, {
    all: 4,
    exact: 2,
    normalised: 1,
    wrong: 1,
    failures: 1,
  });
});

Deno.test("alike() counts normalised and exact cells", () => {
  assert.equal(alike(tally(cells)), 3);
});

Deno.test("tally() takes first-output times from cells with output and durations from cells with a score", () => {
  assert.deepEqual(tally(cells).firstOutputMs, { p50: 20, p95: 90 });
  assert.deepEqual(tally(cells).durationMs, { p50: 100, p95: 100 });
});

Deno.test("tally() adds up the usage of all cells", () => {
  assert.deepEqual(tally(cells).usage, { requests: 5, input: 5000, cachedInput: 4000, output: 100 });
});

Deno.test("tally() has no times when there are no cells", () => {
  assert.deepEqual(tally([]).firstOutputMs, { p50: undefined, p95: undefined });
});

Deno.test("kindsOf() keeps the order in which the kinds appear", () => {
  assert.deepEqual(kindsOf(cells), ["print", "error"]);
});

Deno.test("percentile() takes the nearest rank and accepts values in any order", () => {
  const values = [15, 50, 20, 40, 35];
  assert.deepEqual([5, 30, 40, 50, 95, 100].map((percent) => percentile(values, percent)), [15, 20, 20, 35, 50, 50]);
  assert.equal(percentile([], 50), undefined);
});

Deno.test("percent() shows 100.0 % only for all, 0.0 % only for none, and a dash for an empty total", () => {
  const shares = [
    percent(800, 800),
    percent(9999, 10_000),
    percent(0, 3),
    percent(1, 10_000),
    percent(2, 3),
    percent(0, 0),
  ];
  assert.deepEqual(shares, ["100.0 %", "99.9 %", "0.0 %", "0.1 %", "66.7 %", "–"]);
});

Deno.test("duration() shows two or three digits, from tenths of a millisecond to minutes", () => {
  const times = [0.42, 9.96, 412.4, 999.6, 1240, 12_400, 125_000, undefined].map(duration);
  assert.deepEqual(times, ["0.4 ms", "10 ms", "412 ms", "1.00 s", "1.24 s", "12.4 s", "2 min 5 s", "–"]);
});

Deno.test("ratio() and points() compare the second figure with the first", () => {
  assert.deepEqual([ratio(200, 250), ratio(1000, 5.5), ratio(0, 1), ratio(undefined, 1)], [
    "×1.25",
    "×0.0055",
    "–",
    "–",
  ]);
  assert.deepEqual([points(1, 2, 3), points(2, 1, 3), points(2, 2, 3), points(0, 0, 0)], [
    "+33.3",
    "-33.3",
    "0.0",
    "–",
  ]);
  assert.equal(count(1234567), "1,234,567");
});
