/**
 * What the pieces of Python source are.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type CodePalette, highlightPython } from "../../src/python/highlight_python.ts";

/** Shows each kind by a mark of its own around the text. */
const marks: CodePalette = {
  keyword: (text) => `<k ${text}>`,
  "word operator": (text) => `<w ${text}>`,
  operator: (text) => `<o ${text}>`,
  number: (text) => `<n ${text}>`,
  string: (text) => `<s ${text}>`,
  docstring: (text) => `<doc ${text}>`,
  comment: (text) => `<c ${text}>`,
  function: (text) => `<f ${text}>`,
  class: (text) => `<class ${text}>`,
  decorator: (text) => `<d ${text}>`,
  builtin: (text) => `<b ${text}>`,
  exception: (text) => `<e ${text}>`,
};

const marked = (code: string) => highlightPython(code, marks);

Deno.test("definitions, decorators and imports name what they define", () => {
  assert.equal(marked("import csv"), "<k import> <class csv>");
  assert.equal(
    marked(`@cache\ndef f(self):\n    "Doc."\n    return 1.5 # one`),
    `<d @><d cache>\n<k def> <f f>(<b self>):\n    <doc "Doc.">\n    <k return> <n 1.5> <c # one>`,
  );
  assert.equal(marked("class A(Exception): pass"), "<k class> <class A>(<e Exception>): <k pass>");
});

Deno.test("the signs of operators are of one kind, whatever they are made of", () => {
  for (const operator of ["+", "*", "**", "@", "<=", "//"]) {
    assert.equal(marked(`a ${operator} b`), `a <o ${operator}> b`);
  }
});

Deno.test("operators are words or signs, and the in of a loop is neither", () => {
  assert.equal(marked("for x in y.z: x += a is not b"), "<k for> x <k in> y<o .>z: x <o +=> a <w is> <w not> b");
});

Deno.test("built-in names and exceptions are known, but for those that Pygments leaves plain", () => {
  assert.equal(marked("len(bin(3))"), "<b len>(<b bin>(<n 3>))");
  assert.equal(marked("help(ascii)"), "help(ascii)");
  assert.equal(marked("x.len"), "x<o .>len");
  assert.equal(marked("print 1"), "<b print> <n 1>");
  assert.equal(marked("raise KeyError(f'{x}')"), "<k raise> <e KeyError>(<s f'{x}'>)");
});

Deno.test("a piece of several lines is painted line by line", () => {
  assert.equal(marked(`x = """a\n\nb"""`), `x <o => <s """a>\n\n<s b""">`);
});

Deno.test("code that is cut off, or still being typed, is painted as far as it goes", () => {
  assert.equal(marked("if x and 'a"), "<k if> x <w and> <s 'a>");
  assert.equal(marked("    elif y:\n"), "    <k elif> y:\n");
});

Deno.test("a kind that the palette does not have stays plain", () => {
  assert.equal(highlightPython("if len(x): 1", { number: (text) => `<${text}>` }), "if len(x): <1>");
});
