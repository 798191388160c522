/**
 * The arithmetic that finds regressions of the benchmark's ratios.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Measurement } from "../../../bench/speed/measurement.ts";
import { compareRatios, guardedRatios } from "../../../bench/speed/ratios.ts";

const lost = (committed: number, measured: number) =>
  compareRatios({ hop: committed }, { hop: measured })[0].isRegression;

Deno.test("a ratio may lose up to 30 % of its committed value", () => {
  assert.equal(lost(10, 7), false);
  assert.equal(lost(10, 6.9), true);
  assert.equal(lost(0.5, 0.36), false);
  assert.equal(lost(0.5, 0.34), true);
});

Deno.test("an improved ratio is not a regression", () => {
  assert.equal(lost(10, 25), false);
});

Deno.test("a committed ratio that is not measured or not a number is a regression", () => {
  assert.deepEqual(
    compareRatios({ gone: 2 }, { other: 2 }).map(({ id, measured, isRegression }) => [id, measured, isRegression]),
    [
      ["gone", undefined, true],
    ],
  );
  assert.equal(lost(10, NaN), true);
});

Deno.test("a new ratio is not compared", () => {
  assert.deepEqual(compareRatios({}, { fresh: 1 }), []);
});

Deno.test("only guarded measurements become ratios, with three digits", () => {
  const measurement = (id: string, guarded?: number): Measurement => ({ id, title: id, unit: "ms", ours: 1, guarded });
  assert.deepEqual(guardedRatios([measurement("a", 17.2345), measurement("b"), measurement("c", 0.12345)]), {
    a: 17.2,
    c: 0.123,
  });
});
