/**
 * The features by which cells that need reasoning are recognized.
 *
 * @module
 */

import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { analyseCell } from "../../src/python/analyse_cell.ts";
import type { CellFeatures } from "../../src/python/cell_features.ts";
import { needsReasoning } from "../../src/python/needs_reasoning.ts";

const features = (code: string) => analyseCell(code).features;

function check(feature: keyof CellFeatures, cases: { has: readonly string[]; lacks: readonly string[] }): void {
  for (const code of cases.has) strictEqual(features(code)[feature], true, code);
  for (const code of cases.lacks) strictEqual(features(code)[feature], false, code);
}

Deno.test("features.loops is true for loops, except those in a function that is only defined", () => {
  check("loops", {
    has: [
      "for x in y: pass",
      "while x: pass",
      "async for x in y: pass",
      "if x:\n    for y in z: pass",
      "%%time\nfor x in y: pass",
    ],
    lacks: ["x", "def f():\n    for x in y: pass", "[x for x in y]"],
  });
  strictEqual(features("class A:\n    for x in y: pass").loops, true);
});

Deno.test("features.comprehensions is true for all four kinds of comprehension", () => {
  check("comprehensions", {
    has: [
      "[x for x in y]",
      "{x for x in y}",
      "{x: x for x in y}",
      "(x for x in y)",
      "f(x for x in y)",
      "%timeit -n 3 [x for x in y]",
    ],
    lacks: ["for x in y: pass", "[1, 2]", "def f():\n    return [x for x in y]"],
  });
});

Deno.test("features.arithmetic is true for arithmetic that is not trivial", () => {
  check("arithmetic", {
    has: [
      "1 + 2 * 3 - 4",
      "17 * 345",
      "x % 1_000",
      "x += 123",
      "2 ** 10",
      "x[::-1]",
      "x[1:]",
      "sorted(x)",
      "','.join(x)",
      "x.split()",
    ],
    lacks: [
      "1 + 2",
      "x * 3",
      "-5",
      "1000",
      "f(1000)",
      "x > 1000",
      "'%d' % 1000",
      "x[0]",
      "x += 1",
      "1 + 2 + 3",
      "def f(): return 2 ** 9",
    ],
  });
});

Deno.test("features.callsOf lists called functions and function arguments", () => {
  const { callsOf } = features(
    "@timed\ndef g(x):\n    return h(x)\n\nf(a.b(1), key=c)\ndf.apply(g)[0](2)\nprint(*d, sep=e())",
  );
  deepStrictEqual(callsOf.toSorted(), ["apply", "b", "c", "d", "e", "f", "g", "print", "timed"]);
});

Deno.test("features.defines lists functions, methods, classes and lambdas at any level", () => {
  const code =
    "def f():\n    def g(): pass\nclass A:\n    def m(self): pass\nasync def h(): pass\nsquare = lambda x: x * x\ny = 3";
  deepStrictEqual(features(code).defines, ["f", "g", "A", "m", "h", "square"]);
});

Deno.test("features.recursion is true for a function that calls itself", () => {
  check("recursion", {
    has: ["def f(n): return n and n * f(n - 1)", "class A:\n    def f(self): self.f()"],
    lacks: ["def f(n): return g(n)\nf(1)", "class A:\n    def f(self): self.b.f()"],
  });
});

Deno.test("features.plots is true for calls that draw", () => {
  check("plots", {
    has: ["plt.plot(x)", "sns.heatmap(x)", "ax.hist(x)", "df['a'].plot()"],
    lacks: ["x", "plot(x)", "import matplotlib"],
  });
});

Deno.test("needsReasoning() is true for loops, comprehensions, arithmetic, and calls of functions that the notebook defines", () => {
  const needs = (code: string, ...defined: string[]) => needsReasoning(analyseCell(code), new Set(defined));
  for (
    const code of ["for x in y: pass", "[x for x in y]", "12 * 345", "def f(): pass\nf()", "%%time\nfor x in y: pass"]
  ) {
    strictEqual(needs(code), true, code);
  }
  for (const code of ["f(1)", "a.f()", "xs.apply(f)", "%time f()", "x = f()"]) {
    strictEqual(needs(code, "f"), true, code);
    strictEqual(needs(code), false, code);
  }
  for (const code of ["", "x = 1", "print('a')", "import a", "def f():\n    for x in y: pass", "for x in\n  y"]) {
    strictEqual(needs(code, "g"), false, code);
  }
});
