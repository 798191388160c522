/**
 * Shortens large literals in a cell's code.
 *
 * @module
 */

import assert from "node:assert/strict";
import { shortenLiterals } from "../../../src/execution/prompt/shorten_literals.ts";

const NUMBERS = Array.from({ length: 5_000 }, (_, index) => index).join(", ");
const SHORT_NUMBERS =
  "0, 1, 2, 3, 4, 5, 6, 7, [... 4,988 items, 28,840 characters left out ...], 4996, 4997, 4998, 4999";
const LETTERS = "abcdefghij".repeat(500);

/** Code, and the shortened code with a limit of 44 characters for each literal. */
const CASES: [what: string, code: string, shortened: string][] = [
  ["a list", `x = [${NUMBERS}]`, `x = [${SHORT_NUMBERS}]`],
  ["a set in a call", `f({${NUMBERS}}, 1)`, `f({${SHORT_NUMBERS}}, 1)`],
  ["a tuple without parentheses", `x = ${NUMBERS}`, `x = ${SHORT_NUMBERS}`],
  [
    "a string",
    `x = '${LETTERS}'`,
    "x = 'abcdefghijabcdefghijab[... 4,956 characters left out ...]ijabcdefghijabcdefghij'",
  ],
  [
    "bytes",
    `x = rb"${LETTERS}"`,
    'x = rb"abcdefghijabcdefghijab[... 4,956 characters left out ...]ijabcdefghijabcdefghij"',
  ],
  [
    "a long string without splitting an escape sequence",
    `x = """${"\\n".repeat(21)}a${"\\\\".repeat(400)}"""`,
    `x = """${"\\n".repeat(11)}[... 799 characters left out ...]${"\\\\".repeat(11)}"""`,
  ],
  [
    "an f-string without splitting a replacement field",
    `f"${"abcde{value:>10}".repeat(50)}"`,
    'f"abcde{value:>10}abcde[... 763 characters left out ...]abcde{value:>10}"',
  ],
  [
    "adjacent strings",
    `x = ("ab" "${LETTERS}" "cd")`,
    `x = ("ab" "abcde[... 4,990 characters left out ...]fghij" "cd")`,
  ],
  [
    "a block of comments",
    `${"# comment\n".repeat(300)}x = 1`,
    `${"# comment\n".repeat(2)}# [... 296 lines, 2,959 characters left out ...]\n${"# comment\n".repeat(2)}x = 1`,
  ],
  [
    "a long comment",
    `x = 1  # ${LETTERS}`,
    "x = 1  # abcdefghij[... 4,979 characters left out ...]jabcdefghij",
  ],
  [
    "a literal in a line magic",
    `%time x = [${NUMBERS}]\n!ls\ny = [${NUMBERS}]`,
    `%time x = [${SHORT_NUMBERS}]\n!ls\ny = [${SHORT_NUMBERS}]`,
  ],
  ["a literal under a cell magic", `%%time\nx = [${NUMBERS}]`, `%%time\nx = [${SHORT_NUMBERS}]`],
  [
    "a literal beside definitions",
    `def f(a):\n    return a\n\nx = [${NUMBERS}]  # data`,
    `def f(a):\n    return a\n\nx = [${SHORT_NUMBERS}]  # data`,
  ],
];

for (const [what, code, shortened] of CASES) {
  Deno.test(`shortenLiterals() shortens ${what}`, () => {
    assert.equal(shortenLiterals(code, 44), shortened);
  });
}

Deno.test("shortenLiterals() gives each nested literal a share of the limit", () => {
  const code = `df = pd.DataFrame({\n    "a": [${NUMBERS}],\n    "b": [${NUMBERS}],\n})`;
  const list =
    /"[ab]": \[0, 1, 2, [\d, ]+, \[\.\.\. 4,9\d\d items, 28,\d\d\d characters left out \.\.\.\], [\d, ]+, 4999\]/;
  const shortened = shortenLiterals(code, 200);
  assert.match(shortened, new RegExp(`^df = pd\\.DataFrame\\({\n    ${list.source},\n    ${list.source},\n}\\)$`));
});

Deno.test("shortenLiterals() leaves out a nested literal whose share is too small", () => {
  assert.equal(shortenLiterals(`x = ['${LETTERS}']`, 24), "x = [[... 1 item, 5,002 characters left out ...]]");
});

Deno.test("shortenLiterals() does not change long code with short literals", () => {
  const code = "def f(x):\r\n    return [x, 'text']\r\n".repeat(1_000);
  assert.equal(shortenLiterals(code, 44), code);
});

Deno.test("shortenLiterals() keeps the rest of a literal within the limit", () => {
  for (const limit of [0, 1, 10, 50, 200, 1_000]) {
    for (
      const code of [
        `[${NUMBERS}]`,
        `{'a': [${NUMBERS}], 'b': '${LETTERS}'}`,
        `'${LETTERS}'`,
        `[${"[1, [2, 3]], ".repeat(500)}]`,
      ]
    ) {
      const kept = shortenLiterals(code, limit).replace(/\[\.\.\. [\w, ]+ left out \.\.\.\]/g, "").length;
      assert.ok(kept <= limit + 10, `${kept} of ${limit}`);
    }
  }
});

Deno.test("shortenLiterals() cuts the middle out of code that is not Python", () => {
  assert.match(
    shortenLiterals(`%%writefile a.txt\n${LETTERS}`, 44),
    /^%%writefile a\.txt\nabc[a-j]+\n\[\.\.\. 4956 characters left out \.\.\.\]\n[a-j]+$/,
  );
  const broken = shortenLiterals(`x = [${NUMBERS}\ny = [${NUMBERS}]`, 44);
  assert.match(broken, /^x = \[0, 1[^]+left out[^]+4999\]$/);
  assert.ok(broken.length < 300, broken);
});

Deno.test("shortenLiterals() shortens deeply nested literals", () => {
  const code = `${"[".repeat(500)}1${"]".repeat(500)}`;
  assert.ok(shortenLiterals(code, 100).length < 300);
});
