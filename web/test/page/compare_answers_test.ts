/**
 * The comparison of two answers to a cell.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { Representations } from "../../../src/notebook/schema/media.ts";
import { compareAnswers, describeDifference } from "../../page/output/compare_answers.ts";
import { foldSame } from "../../page/output/fold_same.ts";
import { findLastAnswers } from "../../page/store/answers.ts";
import type { ShownOutput } from "../../page/store/read_outputs.ts";

const stream = (text: string): ShownOutput => ({ kind: "stream", id: "s", name: "stdout", text });
const rich = (forms: Record<string, unknown>, executionCount = 1): ShownOutput => {
  const entries = Object.entries(forms).map(([type, data]) => [type, { type: "inline", data }]);
  return { kind: "rich", id: "r", representations: Object.fromEntries(entries), isResult: true, executionCount };
};
const describe = (before: ShownOutput[], now: ShownOutput[]) => describeDifference(compareAnswers(before, now));

/** Returns the lines of a comparison: `-old`, `+new` and ` same`. */
function diff(before: ShownOutput[], now: ShownOutput[]): string[] {
  const signs = { removed: "-", added: "+", same: " " };
  return compareAnswers(before, now).lines.map(({ kind, text }) => signs[kind] + text);
}

Deno.test("answers are equal if they differ only in execution counts, colours or overwritten text", () => {
  assert.equal(describe([rich({ "text/plain": "5" }, 1)], [rich({ "text/plain": "5" }, 7)]), "Same answer as before");
  assert.equal(describe([stream("\x1b[31mred\x1b[0m\n")], [stream("red\n")]), "Same answer as before");
  assert.equal(describe([stream("1 %\r2 %\n")], [stream("2 %\n")]), "Same answer as before");
  assert.equal(describe([], []), "Same answer as before");
});

Deno.test("differing lines are counted, and a replaced line counts once", () => {
  assert.equal(describe([stream("a\nb\nc\n")], [stream("a\nB\nc\n")]), "1 line differs from the previous answer");
  assert.equal(describe([stream("a\nb\nc\n")], [stream("A\nb\n")]), "2 lines differ from the previous answer");
  assert.equal(describe([stream("a\n")], []), "1 line differs from the previous answer");
  assert.deepEqual(diff([stream("a\nb\nc\n")], [stream("a\nB\nc\n")]), [" a", "-b", "+B", " c"]);
});

Deno.test("streams, results, tracebacks and JSON are compared as texts, in order", () => {
  const error: ShownOutput = { kind: "error", id: "e", ename: "E", evalue: "x", traceback: ["Traceback", "E: x"] };
  assert.deepEqual(diff([stream("a\n"), rich({ "text/plain": "5" })], [stream("a\n"), error]), [
    " a",
    "-5",
    "+Traceback",
    "+E: x",
  ]);
  assert.deepEqual(
    diff([rich({ "application/json": { a: 1 } })], [rich({ "application/json": { a: 2 } })]),
    [" {", '-  "a": 1', '+  "a": 2', " }"],
  );
  const table = (cell: string) => rich({ "text/html": `<td>${cell}</td>`, "text/plain": cell });
  assert.deepEqual(diff([table("1")], [table("2")]), ["-1", "+2"]);
  assert.deepEqual(diff([rich({ "text/html": "<b>1</b>" })], [rich({ "text/html": "<b>2</b>" })]), [
    "-<b>1</b>",
    "+<b>2</b>",
  ]);
});

Deno.test("pictures are compared one by one, and their descriptions do not count as lines", () => {
  const figure = (svg: string) => rich({ "image/svg+xml": svg, "text/plain": "<Figure size 640x480 with 1 Axes>" });
  const [one, other] = [figure("<svg>1</svg>"), figure("<svg>2</svg>")];
  assert.equal(describe([one, other], [one, one]), "1 picture differs from the previous answer");
  assert.equal(
    describe([stream("a\n"), one], [stream("b\nc\n"), other, one]),
    "2 lines and 2 pictures differ from the previous answer",
  );
  const { pictures } = compareAnswers([one], [one, other]);
  assert.deepEqual(pictures.map(({ before, now, isSame }) => [before !== undefined, now !== undefined, isSame]), [
    [true, true, true],
    [false, true, false],
  ]);
});

Deno.test("texts that are stored as artifacts are compared by artifact id", () => {
  const kept = (artifactId: string): ShownOutput => ({
    kind: "rich",
    id: "r",
    representations: { "text/html": { type: "artifact", artifactId } } as Representations,
    isResult: false,
  });
  assert.equal(describe([kept("n/1")], [kept("n/1")]), "Same answer as before");
  assert.equal(describe([kept("n/1")], [kept("n/2")]), "1 line differs from the previous answer");
});

Deno.test("long texts without a common line are compared within 5 seconds", () => {
  const text = (word: string) => [stream(Array.from({ length: 20_000 }, (_, index) => `${word} ${index}\n`).join(""))];
  const startedAt = performance.now();
  assert.equal(describe(text("a"), text("b")), "20,000 lines differ from the previous answer");
  assert.ok(performance.now() - startedAt < 5_000);
});

Deno.test("a difference is shown with three lines of context, and a long comparison is cut", () => {
  const numbers = Array.from({ length: 20 }, (_, index) => String(index));
  const now = numbers.map((number) => number === "10" ? "ten" : number);
  const folded = foldSame(compareAnswers([stream(numbers.join("\n"))], [stream(now.join("\n"))]).lines);
  assert.deepEqual(folded.map((line) => line.kind === "left out" ? line.count : line.text), [
    7,
    "7",
    "8",
    "9",
    "10",
    "ten",
    "11",
    "12",
    "13",
    6,
  ]);
  const long = foldSame(compareAnswers([], [stream("x\n".repeat(1_000))]).lines);
  assert.deepEqual([long.length, long.at(-1)], [401, { kind: "left out", count: 600 }]);
});

Deno.test("the previous answer is that of the last run that was not cancelled", () => {
  const runs = (...statuses: string[]) =>
    statuses.map((status, index) => ({ queueId: `${index}`, source: "", status }));
  const found = (...statuses: string[]) => {
    const answers = findLastAnswers(runs(...statuses));
    return answers && [answers.now.queueId, answers.before.queueId];
  };
  assert.deepEqual(found("completed", "failed", "completed"), ["0", "1"]);
  assert.deepEqual(found("failed", "cancelled", "completed"), ["0", "2"]);
  assert.equal(found("executing", "completed", "completed"), undefined);
  assert.equal(found("cancelled", "completed", "completed"), undefined);
  assert.equal(found("completed", "cancelled"), undefined);
  assert.equal(found("completed"), undefined);
  assert.equal(found(), undefined);
});
