/**
 * The alignment of expected and actual lines.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { diffLines } from "../../../eval/report/line_diff.ts";
import { fuzzing } from "../../fuzz/fuzzing.ts";

/** Returns the rows of a diff as text. `=` marks equal lines. */
function rows(expected: string, actual: string): string[] {
  return diffLines(expected, actual).map(({ expected = "", actual = "" }) =>
    JSON.stringify(expected === actual ? `= ${expected}` : `${expected} | ${actual}`)
  );
}

Deno.test("diffLines() aligns equal lines and pairs the lines between them", () => {
  assert.deepEqual(rows("a\nb\nc\nd\n", "a\nx\nc\nnew\nd\n"), [
    String.raw`"= a\n"`,
    String.raw`"b\n | x\n"`,
    String.raw`"= c\n"`,
    String.raw`" | new\n"`,
    String.raw`"= d\n"`,
  ]);
});

Deno.test("diffLines() finds missing lines at the beginning, in the middle and at the end", () => {
  assert.deepEqual(rows("a\nb\nc\nd\ne\n", "b\nd\n"), [
    String.raw`"a\n | "`,
    String.raw`"= b\n"`,
    String.raw`"c\n | "`,
    String.raw`"= d\n"`,
    String.raw`"e\n | "`,
  ]);
});

Deno.test("diffLines() shows a missing newline at the end as a difference", () => {
  assert.deepEqual(rows("a\nb\n", "a\nb"), [String.raw`"= a\n"`, String.raw`"b\n | b"`]);
});

Deno.test("diffLines() accepts empty texts", () => {
  assert.deepEqual(rows("", ""), []);
  assert.deepEqual(rows("", "a\n"), [String.raw`" | a\n"`]);
});

Deno.test("diffLines() pairs lines from the top when the texts are too long to search", () => {
  const lines = (prefix: string) => Array.from({ length: 2000 }, (_, index) => `${prefix}${index}\n`).join("");
  assert.deepEqual(diffLines(lines("a"), lines("b"))[1999], { expected: "a1999\n", actual: "b1999\n" });
});

Deno.test("diffLines() keeps both texts whole and aligns as many equal lines as possible", () => {
  const lines = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "d\n"), { maxLength: 12 });
  const property = fc.property(lines, lines, (left, right) => {
    const rows = diffLines(left.join(""), right.join(""));
    assert.deepEqual(rows.flatMap(({ expected }) => expected ?? []), left);
    assert.deepEqual(rows.flatMap(({ actual }) => actual ?? []), right);
    assert.equal(rows.filter(({ expected, actual }) => expected === actual).length, longestShared(left, right));
  });
  fc.assert(property, fuzzing(200));
});

/** Returns the length of the longest common subsequence by trying all. */
function longestShared([first, ...left]: string[], right: string[]): number {
  if (first === undefined || right.length === 0) return 0;
  const at = right.indexOf(first);
  const without = longestShared(left, right);
  return at === -1 ? without : Math.max(without, 1 + longestShared(left, right.slice(at + 1)));
}
