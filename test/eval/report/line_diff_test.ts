/**
 * Which lines are set beside which.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { diffLines } from "../../../eval/report/line_diff.ts";
import { fuzzing } from "../../fuzz/fuzzing.ts";

/** The rows with `=` for equal lines. */
function rows(expected: string, actual: string): string[] {
  return diffLines(expected, actual).map(({ expected = "", actual = "" }) =>
    JSON.stringify(expected === actual ? `= ${expected}` : `${expected} | ${actual}`)
  );
}

Deno.test("diffLines() sets equal lines beside each other and pairs those between them", () => {
  assert.deepEqual(rows("a\nb\nc\nd\n", "a\nx\nc\nnew\nd\n"), [
    String.raw`"= a\n"`,
    String.raw`"b\n | x\n"`,
    String.raw`"= c\n"`,
    String.raw`" | new\n"`,
    String.raw`"= d\n"`,
  ]);
});

Deno.test("diffLines() finds lines that are missing at the beginning, in the middle and at the end", () => {
  assert.deepEqual(rows("a\nb\nc\nd\ne\n", "b\nd\n"), [
    String.raw`"a\n | "`,
    String.raw`"= b\n"`,
    String.raw`"c\n | "`,
    String.raw`"= d\n"`,
    String.raw`"e\n | "`,
  ]);
});

Deno.test("diffLines() sees a newline that is missing at the end", () => {
  assert.deepEqual(rows("a\nb\n", "a\nb"), [String.raw`"= a\n"`, String.raw`"b\n | b"`]);
});

Deno.test("diffLines() knows texts without lines", () => {
  assert.deepEqual(rows("", ""), []);
  assert.deepEqual(rows("", "a\n"), [String.raw`" | a\n"`]);
});

Deno.test("diffLines() pairs lines from the top where there are too many to search", () => {
  const lines = (prefix: string) => Array.from({ length: 2000 }, (_, index) => `${prefix}${index}\n`).join("");
  assert.deepEqual(diffLines(lines("a"), lines("b"))[1999], { expected: "a1999\n", actual: "b1999\n" });
});

Deno.test("diffLines() keeps both texts whole, and sets as many lines beside their equals as it can", () => {
  const lines = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "d\n"), { maxLength: 12 });
  const property = fc.property(lines, lines, (left, right) => {
    const rows = diffLines(left.join(""), right.join(""));
    assert.deepEqual(rows.flatMap(({ expected }) => expected ?? []), left);
    assert.deepEqual(rows.flatMap(({ actual }) => actual ?? []), right);
    assert.equal(rows.filter(({ expected, actual }) => expected === actual).length, longestShared(left, right));
  });
  fc.assert(property, fuzzing(200));
});

/** The length of a longest common subsequence, by trying all. */
function longestShared([first, ...left]: string[], right: string[]): number {
  if (first === undefined || right.length === 0) return 0;
  const at = right.indexOf(first);
  const without = longestShared(left, right);
  return at === -1 ? without : Math.max(without, 1 + longestShared(left, right.slice(at + 1)));
}
