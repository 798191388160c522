/**
 * The matches and replacements of find and replace.
 *
 * @module
 */

import assert from "node:assert/strict";
import { findMatches, type FindQuery, patternOf, replaceMatches } from "../../page/actions/find_matches.ts";

const query = (text: string, change: Partial<FindQuery> = {}): FindQuery => ({
  text,
  replacement: "",
  isCaseSensitive: false,
  isWholeWord: false,
  isExpression: false,
  ...change,
});

function replaced(source: string, asked: FindQuery): string {
  return replaceMatches(source, findMatches(source, patternOf(asked).expression!, asked));
}

Deno.test("a text is found literally, even if it contains regular expression syntax", () => {
  assert.equal(replaced("a.b + a_b + A.B", query("a.b", { replacement: "$1" })), "$1 + a_b + $1");
  assert.equal(replaced("f(x) [0] {1} ^$ a|b \\n ?", query("^$ a|b \\n ?", { replacement: "!" })), "f(x) [0] {1} !");
  assert.equal(replaced("a/b-c", query("a/b-c", { replacement: "d" })), "d");
});

Deno.test("case and whole words are recognized in other scripts and beyond 16 bits", () => {
  assert.equal(replaced("Über über", query("über", { isCaseSensitive: true, replacement: "x" })), "Über x");
  assert.equal(replaced("Über über überall", query("über", { isWholeWord: true, replacement: "x" })), "x x überall");
  assert.equal(replaced("x_1 x x1 (x)", query("x", { isWholeWord: true, replacement: "y" })), "x_1 y x1 (y)");
  assert.equal(replaced("😀😁", query("😁", { replacement: "!" })), "😀!");
});

Deno.test("an expression can have groups, lines and empty matches", () => {
  const expression = (text: string, replacement: string, change: Partial<FindQuery> = {}) =>
    query(text, { replacement, isExpression: true, ...change });
  assert.equal(replaced("a = 1\nb = 2", expression("^", "# ")), "# a = 1\n# b = 2");
  assert.equal(
    replaced("ab cd", expression("(?<one>\\w)(\\w)", "$2$<one>$$$&$3$<two>")),
    "ba$ab$3$<two> dc$cd$3$<two>",
  );
  assert.equal(replaced("ab", expression("(a)|(b)", "[$1]")), "[a][]");
  assert.equal(replaced("cat concat", expression("cat|dog", "x", { isWholeWord: true })), "x concat");
});

Deno.test("an invalid expression is reported, and an empty text matches nothing", () => {
  assert.equal(patternOf(query("")).expression, undefined);
  assert.equal(patternOf(query("")).problem, undefined);
  const problems = ["a(", "[", "a)(?:b", "\\"].map((text) => patternOf(query(text, { isExpression: true })).problem);
  assert.deepEqual(problems, [
    "“a(” is not a regular expression: Unterminated group.",
    "“[” is not a regular expression: Unterminated character class.",
    "“a)(?:b” is not a regular expression: Unmatched ')'.",
    "“\\” is not a regular expression: \\ at end of pattern.",
  ]);
});
