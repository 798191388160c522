/**
 * Syntax highlighting of Python source.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type CodePalette, highlightPython } from "../../src/python/highlight_python.ts";
import { randomFrom } from "../support/random_from.ts";

/** A palette that shows each kind by a different mark around the text. */
const marks: CodePalette = {
  keyword: (text) => `<k ${text}>`,
  "word operator": (text) => `<w ${text}>`,
  number: (text) => `<n ${text}>`,
  string: (text) => `<s ${text}>`,
  escape: (text) => `<esc ${text}>`,
  interpolation: (text) => `<i ${text}>`,
  docstring: (text) => `<doc ${text}>`,
  comment: (text) => `<c ${text}>`,
  function: (text) => `<f ${text}>`,
  class: (text) => `<class ${text}>`,
  decorator: (text) => `<d ${text}>`,
  builtin: (text) => `<b ${text}>`,
  exception: (text) => `<e ${text}>`,
};

const marked = (code: string) => highlightPython(code, marks);

/** Highlights code with the spaces that belong to words as underscores. */
const withSpaces = (code: string) => highlightPython(code, { ...marks, space: (text) => text.replaceAll(" ", "_") });

Deno.test("definitions and decorators are highlighted", () => {
  assert.equal(
    marked(`@cache\ndef f(self):\n    """Doc."""\n    return 1.5 # one`),
    `<d @cache>\n<k def> <f f>(<b self>):\n    <doc """Doc.""">\n    <k return> <n 1.5> <c # one>`,
  );
  assert.equal(marked("@functools.wraps(f)"), "<d @functools>.wraps(f)");
  assert.equal(marked("class A(Exception): pass"), "<k class> <class A>(<e Exception>): <k pass>");
  assert.equal(marked("a @ b"), "a @ b");
});

Deno.test("module names in imports and the cause of an exception are highlighted", () => {
  assert.equal(
    marked("import csv, os.path as p"),
    "<k import> <class csv>, <class os><class .><class path> <k as> <class p>",
  );
  assert.equal(marked("from a.b import c"), "<k from> <class a><class .><class b> <k import> c");
  assert.equal(marked("raise A(1) from err"), "<k raise> A(<n 1>) <k from> <class err>");
  assert.equal(marked("raise A from None"), "<k raise> A <k from> <k None>");
  assert.equal(marked("yield from x"), "<k yield from> x");
});

Deno.test("spaces after def, class, from and import and before a docstring are part of the highlighted text", () => {
  assert.equal(withSpaces("def f(): pass"), "<k def>_<f f>(): <k pass>");
  assert.equal(withSpaces("async def f(): 1"), "<k async> <k def>_<f f>(): <n 1>");
  assert.equal(withSpaces("class A: pass"), "<k class>_<class A>: <k pass>");
  assert.equal(withSpaces("from m import n"), "<k from>_<class m>_<k import> n");
  assert.equal(withSpaces("import m"), "<k import>_<class m>");
  assert.equal(withSpaces('def f():\n    """a"""'), '<k def>_<f f>():\n____<doc """a""">');
});

Deno.test("word operators are highlighted, and symbols are not", () => {
  assert.equal(
    marked("for x in y.z: x += a is not b"),
    "<k for> x <w in> y.z: x += a <w is> <w not> b",
  );
});

Deno.test("built-in names are highlighted unless they are attributes or Pygments leaves them plain", () => {
  assert.equal(marked("len(bin(3))"), "<b len>(<b bin>(<n 3>))");
  assert.equal(marked("help(ascii)"), "help(ascii)");
  assert.equal(marked("x.len, x.KeyError"), "x.len, x.KeyError");
  assert.equal(marked("raise KeyError"), "<k raise> <e KeyError>");
  assert.equal(marked("raise ExceptionGroup"), "<k raise> ExceptionGroup");
  assert.equal(marked("MyError, lenient, inner"), "MyError, lenient, inner");
});

Deno.test("special names are highlighted where they are used, too", () => {
  assert.equal(marked("x.__name__, x.__init__, x.__mine__"), "x.<f __name__>, x.<f __init__>, x.__mine__");
});

Deno.test("match and case are keywords if a pattern follows", () => {
  assert.equal(marked("match x:\n    case _: y"), "<k match> x:\n    <k case> <k _>: y");
  assert.equal(marked("match = 1\nmatch.group()\nx = match"), "match = <n 1>\n<k match>.group()\nx = match");
});

Deno.test("prefix, quotes, text, escapes and fields of a string are highlighted separately", () => {
  assert.equal(marked(String.raw`rb"\n"`), String.raw`<s rb><s "><s \><s n><s ">`);
  assert.equal(
    marked(String.raw`"a\n\x41\N{BULLET}"`),
    String.raw`<s "><s a><esc \n><esc \x41><esc \N{BULLET}><s ">`,
  );
  assert.equal(
    marked("'%s %(a)5.2f %Y {a[0].b!r:>5}'"),
    "<s '><i %s><s  ><i %(a)5.2f><s  ><s %><s Y ><i {a[0].b!r:>5}><s '>",
  );
  assert.equal(
    marked("f'{x!r} {len(y)=:>{w}} {{'"),
    "<s f><s '><i {>x<i !r}><s  ><i {><b len>(y)<i =:><s >><i {>w<i }><i }><s  ><esc {{><s '>",
  );
  assert.equal(marked(`f"{d["k"]}"`), `<s f><s "><i {>d[<s "><s k><s ">]<i }><s ">`);
});

Deno.test("a text of several lines is highlighted line by line", () => {
  assert.equal(marked(`x = (1,\n"""a\n\nb""")`), `x = (<n 1>,\n<doc """a>\n\n<doc b""">)`);
});

Deno.test("incomplete code is highlighted as far as possible", () => {
  assert.equal(marked("if x and 'a\nelse"), "<k if> x <w and> <s '><s a>\n<k else>");
  assert.equal(marked("    elif y:\n"), "    <k elif> y:\n");
  assert.equal(marked("x = f'{a"), "x = <s f><s '><i {>a");
  assert.equal(marked("a ? b $"), "a ? b $");
});

Deno.test("a kind that is missing from the palette stays plain", () => {
  assert.equal(highlightPython("if len(x): 1", { number: (text) => `<${text}>` }), "if len(x): <1>");
});

/** Pieces at which Python's words and strings begin or end. */
const PIECES =
  `f'{ }' """ ' \\ case\u0020_ import\u0020 def\u0020 é 1_0 {a[ %( # 😀 from\u0020 match\u0020 yield\u0020from`.split(
    / /,
  )
    .concat(
      "\n",
      "    ",
    );

Deno.test("highlighted text without marks is the same as the code", () => {
  const random = randomFrom(20260101);
  const same: CodePalette = Object.fromEntries(Object.keys(marks).map((kind) => [kind, (text: string) => text]));
  for (let round = 0; round < 2_000; round += 1) {
    const code = Array.from({ length: 12 }, () => PIECES[Math.floor(random() * PIECES.length)]).join("");
    assert.equal(highlightPython(code, same), code);
  }
});

Deno.test("highlighting takes time proportional to the length of the source", () => {
  const units = ["'{a[", "'''\n{a[", 'f"{', "   \n", "match ", "'%(a", "import a\n ", "case a _b", "f'{= "];
  for (const unit of units) {
    const started = performance.now();
    highlightPython(unit.repeat(100_000 / unit.length), marks);
    assert.ok(performance.now() - started < 5_000, unit);
  }
});
