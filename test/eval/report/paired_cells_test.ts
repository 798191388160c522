/**
 * The cells that favour one of two runs, and the test of whether that could be chance.
 *
 * @module
 */

import assert from "node:assert/strict";
import { betterMatch, exactAlone, isScored, pairCells } from "../../../eval/report/paired_cells.ts";
import { signTestPValue } from "../../../eval/report/sign_test_p_value.ts";
import { evalRun, exactCell, lateCell, wrongCell } from "./eval_runs.ts";

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-9 * expected, `${actual} instead of ${expected}`);

Deno.test("signTestPValue() doubles the tail of the binomial distribution", () => {
  near(signTestPValue(0, 5), 2 / 32);
  near(signTestPValue(0, 6), 2 / 64);
  near(signTestPValue(1, 9), 2 * 11 / 1024);
  near(signTestPValue(3, 12), 2 * 576 / 32_768);
  near(signTestPValue(7, 21), 0.012540951371192932);
});

Deno.test("signTestPValue() equals McNemar's exact test for 86 against 150 approvals", () => {
  near(signTestPValue(86, 150), 3.715936139571442e-5);
});

Deno.test("signTestPValue() is symmetric and never above 1", () => {
  near(signTestPValue(150, 86), signTestPValue(86, 150));
  for (const each of [0, 1, 5, 900]) assert.equal(signTestPValue(each, each), 1);
  assert.equal(signTestPValue(0, 1), 1);
});

Deno.test("signTestPValue() accepts so many pairs that their power of two overflows", () => {
  near(signTestPValue(1000, 1200), 2.1817026407914712e-5);
  assert.equal(signTestPValue(0, 3000), 0);
});

const normalised = (name: string) => exactCell(name, { match: "normalised", parts: { stdout: "normalised" } });

const pairs = pairCells(
  evalRun([exactCell("one"), exactCell("two"), normalised("three"), wrongCell("four"), wrongCell("five")]),
  evalRun([exactCell("one"), normalised("two"), wrongCell("three"), normalised("four"), exactCell("five")]),
);
const namesOf = ({ a, b }: ReturnType<typeof exactAlone>) => [a, b].map((pairs) => pairs.map(({ name }) => name));

Deno.test("exactAlone() returns the cells that only one run answered exactly", () => {
  assert.deepEqual(namesOf(exactAlone(pairs)), [["two"], ["five"]]);
});

Deno.test("betterMatch() returns the cells for which one run has the better match", () => {
  assert.deepEqual(namesOf(betterMatch(pairs)), [["two", "three"], ["four", "five"]]);
});

Deno.test("isScored() excludes cells whose server failed or was late, but not unusable answers", () => {
  const failing = (failureKind: "server_error" | "invalid_answer" | "length" | "late") =>
    wrongCell("x", { failure: "no answer", failureKind });
  const isScoredBeside = (cell: ReturnType<typeof wrongCell>) =>
    [[cell, wrongCell("x")], [wrongCell("x"), cell]].map(([a, b]) => isScored({ name: "x", kind: "print", a, b }));
  assert.deepEqual(isScoredBeside(failing("server_error")), [false, false]);
  assert.deepEqual(isScoredBeside(failing("late")), [false, false]);
  assert.deepEqual(isScoredBeside(failing("invalid_answer")), [true, true]);
  assert.deepEqual(isScoredBeside(failing("length")), [true, true]);
  assert.deepEqual(isScoredBeside(lateCell("x")), [false, false]);
});
