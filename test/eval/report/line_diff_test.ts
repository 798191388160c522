/**
 * Which lines are set beside which.
 *
 * @module
 */

import assert from "node:assert/strict";
import { diffLines } from "../../../eval/report/line_diff.ts";

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
