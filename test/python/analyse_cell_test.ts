/**
 * The analysis of a cell's code before it runs, compared with ipykernel's outputs.
 *
 * @module
 */

import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { analyseCell, type CellAnalysis } from "../../src/python/analyse_cell.ts";
import golden from "../golden/session.json" with { type: "json" };
import { randomFrom } from "../support/random_from.ts";

/** Cells by their expected `result`. */
type Cases = { [result in CellAnalysis["result"]]: readonly string[] };

function checkResults(cases: Cases): void {
  for (const [result, cells] of Object.entries(cases)) {
    for (const cell of cells) strictEqual(analyseCell(cell).result, result, JSON.stringify(cell));
  }
}

Deno.test("analyseCell() does not rule out the result of any recorded cell", () => {
  const counts: Record<string, number> = {};
  for (const { name, code, outputs } of golden.cells) {
    const hasResult = outputs.some(({ output_type }) => output_type === "execute_result");
    const { result } = analyseCell(code);
    ok(!(hasResult && result === "none"), `${name} has a result`);
    const key = `${result}, ${hasResult ? "a result" : "no result"}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  deepStrictEqual(counts, {
    "expected, a result": 54,
    // Cells with errors, and calls that return None.
    "expected, no result": 27,
    "none, no result": 36,
    "unknown, a result": 3,
    "unknown, no result": 18,
  });
});

Deno.test("analyseCell() derives the result from the last top-level statement", () => {
  checkResults({
    expected: [
      "1+2",
      "x = 3; x",
      "(z := 4)",
      "'''doc'''",
      "...",
      "await f()",
      "lambda: 0",
      "x if y else z",
      "a, b",
      "not x",
    ],
    none: [
      "x = 3",
      "x: int",
      "x += 1",
      "import a",
      "del x",
      "pass",
      "assert x",
      "raise E",
      "return 3",
      "global x",
      "1; x = 2",
    ],
    unknown: [],
  });
  checkResults({
    expected: ["if x:\n    y\nz", "def f():\n    pass\n\nf()", "x = [\n    1,\n]\nx\n\n# the end"],
    none: ["if x:\n    y", "for x in y: x", "async for x in y: x", "with a as b: b", "try:\n    a\nexcept* E:\n    b"],
    unknown: [],
  });
  checkResults({
    expected: [],
    none: [
      "def f(): return 1",
      "class A: 1",
      "@a\n@b(1)\ndef f():\n    f()",
      "match x:\n    case 1: 2",
      "type X = int",
    ],
    unknown: [],
  });
});

Deno.test("analyseCell() expects no result if the last token is a semicolon", () => {
  checkResults({
    expected: ["x; y", "'a;'", "x  # ;", "f(';')\n"],
    none: ["1;", "x ;  ", "x; # comment", "x;\n\n# comment\n", "x; y;", "f(\n    1,\n);", "'''a\nb''';"],
    unknown: [],
  });
});

Deno.test("analyseCell() expects no result from None and calls that return it, unless they are redefined", () => {
  checkResults({
    expected: [
      "f()",
      "df.info()",
      "f = print\nprint(1)",
      "print(1), 2",
      "None, 1",
      "def print(x): return x\nprint(1)",
      "from a import print\nprint(1)",
    ],
    none: ["None", "print(1)", "print(\n    *a,\n    sep='',\n)", "help(f)", "x = 1; print(x)", "time.sleep(1)"],
    unknown: [],
  });
  checkResults({
    expected: ["plt = 1\nplt.show()", "for plt in x: pass\nplt.show()", "plt.show = f\nplt.show()", "plt.plot(x)"],
    none: ["import matplotlib.pyplot as plt\nplt.plot(x)\nplt.show()"],
    unknown: [],
  });
});

Deno.test("analyseCell() does not know the result of magics on the last line", () => {
  checkResults({
    expected: ["%matplotlib inline\nx", "!ls \\\n  -la\nx", "!echo it's\nx"],
    none: ["x = %pwd", "x = !ls 'a", "a, b = !ls", "%matplotlib inline\nimport a", "if a:\n    %time f()\n    !ls"],
    unknown: [
      "%time f()",
      "%pwd",
      "!ls",
      "!!ls",
      "x\n%who\n",
      "f?",
      "f.g??",
      "?f",
      "%time?",
      "/f x",
      ",f a b",
      ";f a b",
    ],
  });
  checkResults({
    expected: [],
    none: [],
    unknown: ["%%time\nx = 1", "\n\n%%bash\nls", "%%capture\n", "  %%html\n<b>"],
  });
});

Deno.test("analyseCell() does not know the result of code that does not parse", () => {
  checkResults({
    expected: [],
    none: [],
    unknown: ["x = = 2", "print 'a'", "f(", "'abc", "\\", "z := 4", "if x\n  y"],
  });
});

Deno.test("analyseCell() accepts the same whitespace as IPython", () => {
  checkResults({
    expected: [
      "  a\n  b",
      "\n\n\ta\n",
      "a\r\nb",
      "a = 1\rb",
      "\f\na\n\fb",
      "1 +\\\n\t2",
      "if x:\n\ty\nz",
      "(\n1\n  +2)",
    ],
    none: [
      "  a\n  b = 1",
      "a\r\nb = 1\r\n",
      "x = \\\n  3\n",
      "if x:\r\n\ty\r\n",
      "a;\r\n",
      "a;\\\n",
      "x = '''\r\n%time\r\n'''",
    ],
    unknown: [],
  });
});

Deno.test("analyseCell() reports whether a cell is empty, has magics, and parses", () => {
  const summary = (code: string) => {
    const { isEmpty, isMagic, parses, result } = analyseCell(code);
    return { isEmpty, isMagic, parses, result };
  };
  for (const empty of ["", "  \n\t\n", "# a", "\n  # a\n#b\r\n"]) {
    deepStrictEqual(
      summary(empty),
      { isEmpty: true, isMagic: false, parses: true, result: "none" },
      JSON.stringify(empty),
    );
  }
  deepStrictEqual(summary("x"), { isEmpty: false, isMagic: false, parses: true, result: "expected" });
  deepStrictEqual(summary("%time x"), { isEmpty: false, isMagic: true, parses: true, result: "unknown" });
  deepStrictEqual(summary("'''\n%x\n'''\n%who"), { isEmpty: false, isMagic: true, parses: true, result: "unknown" });
  deepStrictEqual(summary("%%bash\nfor x"), { isEmpty: false, isMagic: true, parses: true, result: "unknown" });
  deepStrictEqual(summary("%%time\nfor x"), { isEmpty: false, isMagic: true, parses: false, result: "unknown" });
  deepStrictEqual(summary("%time x\nfor x"), { isEmpty: false, isMagic: true, parses: false, result: "unknown" });
  deepStrictEqual(summary("'''\n%time\n'''\nx = = 2"), {
    isEmpty: false,
    isMagic: false,
    parses: false,
    result: "unknown",
  });
  deepStrictEqual(summary("f(\n%time\n)"), { isEmpty: false, isMagic: false, parses: false, result: "unknown" });
});

Deno.test("analyseCell() accepts any text", () => {
  const random = randomFrom(4711);
  const below = (limit: number) => Math.floor(random() * limit);
  const alphabet = [
    ..."abx01 \n\n\t\r\f\\'\"#%!?;:,.=+*@()[]{}\ud83dé\0",
    "'''",
    '"""',
    "for ",
    "in ",
    "def ",
    "%%",
    "lambda",
    "f'",
    "    ",
  ];
  for (let round = 0; round < 3000; round += 1) {
    analyseCell(Array.from({ length: below(60) }, () => alphabet[below(alphabet.length)]).join(""));
  }
  for (const { code } of golden.cells) {
    for (let length = 0; length <= code.length; length += 1) analyseCell(code.slice(0, length));
  }
});

Deno.test("analyseCell() takes time proportional to the length of the code", () => {
  const depth = 5000;
  const long = "x = [i * 2 for i in range(10)]\nprint(f'{x}', x[::-1])\n".repeat(2000);
  const hard = [
    "(",
    "[1,",
    "1+",
    "'",
    "'''",
    "if x:\n ",
    "not ",
    "lambda:",
    "f'{",
    "a.b().",
    "%x\n",
    "x = !",
    "?",
    "\\\n",
    ") for % \n",
  ];
  const started = performance.now();
  for (const code of [long, ...hard.map((piece) => piece.repeat(depth))]) analyseCell(code);
  // It takes about two seconds on a slow machine.
  const elapsed = performance.now() - started;
  ok(elapsed < 30_000, `${elapsed} ms`);
});
