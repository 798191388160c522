/**
 * The mean and the interval of cells that ran several times.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CellScore } from "../../../eval/eval_run.ts";
import { formatModels, formatSummary } from "../../../eval/report/mod.ts";
import { repeatedShare } from "../../../eval/report/repeated_share.ts";
import { evalRun, exactCell, lateCell, wrongCell } from "./eval_runs.ts";

/** Makes the answers to one cell: `1` is exact, `0` is wrong. */
function answers(name: string, outcomes: string, changes: Partial<CellScore> = {}): CellScore[] {
  return [...outcomes].map((outcome, index) => {
    const made = outcome === "1" ? exactCell : wrongCell;
    return made(index === 0 ? name : `${name} #${index + 1}`, {
      ...changes,
      ...(index > 0 && { repetitionOf: name }),
    });
  });
}

Deno.test("repeatedShare() averages the cells and derives the interval from the variance within each cell", () => {
  const share = repeatedShare([
    ...answers("a", "1111"),
    ...answers("b", "1010"),
    ...answers("c", "0000"),
    ...answers("d", "1110"),
  ]);
  assert.deepEqual([share.cells, share.always, share.sometimes, share.never], [4, 1, 2, 1]);
  assert.equal(share.mean, (1 + 0.5 + 0 + 0.75) / 4);
  // Calculated by hand: the variances of b and d, 0.5 * 0.5 / 3 and 0.75 * 0.25 / 3, over 4 cells squared.
  const variance = (0.25 / 3 + 0.1875 / 3) / 16;
  assert.ok(Math.abs(share.halfWidth! - 1.96 * Math.sqrt(variance)) < 1e-12);
});

Deno.test("repeatedShare() has an interval that covers the true share in about 95 of 100 runs", () => {
  // A fixed sequence of pseudorandom numbers: Park and Miller, 1988.
  let state = 42;
  const random = () => (state = 48271 * state % 2147483647) / 2147483647;
  const truth = Array.from({ length: 60 }, (_, index) => (index + 0.5) / 60);
  const mean = truth.reduce((sum, p) => sum + p) / truth.length;
  const runs = 400;
  let covered = 0;
  for (let run = 0; run < runs; run++) {
    const cells = truth.flatMap((p, index) =>
      answers(`c${index}`, Array.from({ length: 5 }, () => random() < p ? "1" : "0").join(""))
    );
    const share = repeatedShare(cells);
    if (Math.abs(share.mean - mean) <= share.halfWidth!) covered += 1;
  }
  assert.ok(covered > 0.92 * runs && covered < 0.98 * runs, `${covered} of ${runs}`);
});

Deno.test("repeatedShare() ignores late answers and has no interval for cells with one answer", () => {
  const once = repeatedShare([exactCell("a"), wrongCell("b")]);
  assert.deepEqual([once.mean, once.halfWidth], [0.5, undefined]);
  const late = { ...lateCell("a #2"), repetitionOf: "a", failureKind: "late" as const };
  const share = repeatedShare([exactCell("a"), late, ...answers("b", "10")]);
  assert.deepEqual([share.cells, share.mean, share.always], [2, 0.75, 1]);
  // The cell with one answer is assumed to vary as the other does: 0.25 / (2 - 1), and twice that for one answer.
  assert.ok(Math.abs(share.halfWidth! - 1.96 * Math.sqrt((0.25 + 0.5) / 4)) < 1e-12);
  assert.deepEqual(repeatedShare([]).mean, 0);
});

Deno.test("formatSummary() shows the results of repetitions by kind", () => {
  const cells = [...answers("a", "11"), ...answers("b", "10"), ...answers("c", "00", { kind: "error" })];
  const summary = formatSummary(evalRun(cells, { cellsInSet: 3, repeat: 2 }));
  assert.match(summary, /golden, 3 cells, 2 times each, 2026/);
  assert.match(summary, /^Each cell was asked for 2 times:\nexact +cells +mean +± +always +sometimes +never$/m);
  assert.match(summary, /^print +2 +75\.0 % +49\.0 +1 +1 +0$/m);
  assert.match(summary, /^error +1 +0\.0 % +0\.0 +0 +0 +1$/m);
  assert.match(summary, /^all +3 +50\.0 % +32\.7 +1 +1 +1$/m);
  assert.doesNotMatch(formatSummary(evalRun([exactCell("a")])), /asked for/);
});

Deno.test("formatModels() has a row with score, time and cost for each model, in 80 columns", () => {
  const price = { input: 1, cachedInput: 1, output: 10 };
  const table = formatModels([
    evalRun([exactCell("a"), wrongCell("b")], { model: "small", price }),
    evalRun([exactCell("a"), exactCell("b", { durationMs: 3_000 })], {
      model: "provider/a-model-with-a-name-that-is-very-long-indeed",
    }),
    evalRun([], { model: "broken", cellsInSet: 2 }),
  ]);
  assert.match(table, /^model +cells +exact +normalised +no score +time +dollars$/m);
  assert.match(table, /^small +2 +50\.0 % +50\.0 % +0 +100 ms +\$0\.0024$/m);
  assert.match(table, /^provider\/a-model.*… +2 +100\.0 % +100\.0 % +0 +100 ms +–$/m);
  assert.match(table, /^broken +0 +– +– +0 +– +–$/m);
  assert.ok(table.split("\n").every((line) => [...line].length <= 80), table);
});

Deno.test("formatModels() shows the interval when cells were repeated", () => {
  const table = formatModels([
    evalRun([...answers("a", "11"), ...answers("b", "10")], { model: "m", repeat: 2, cellsInSet: 2 }),
  ]);
  assert.match(table, /^model +cells +exact +± +normalised/m);
  assert.match(table, /^m +4 +75\.0 % +49\.0 +75\.0 %/m);
});
