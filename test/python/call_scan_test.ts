/**
 * The calls of a cell, and what its functions change.
 *
 * @module
 */

import assert from "node:assert/strict";
import { scanCalls } from "../../src/python/call_scan.ts";

const callsOf = (code: string) => {
  return scanCalls(code).flatMap(({ calls }) =>
    calls.map(({ callee, isAttribute, args }) => [isAttribute ? `.${callee}` : callee, Object.fromEntries(args)])
  );
};

const functionOf = (code: string) => {
  const [{ parameters, changes, binds, locals }] = scanCalls(code)[0].functions;
  return { parameters, changes: [...changes], binds: [...binds], locals: [...locals] };
};

Deno.test("scanCalls() lists the arguments of a call by position and keyword", () => {
  assert.deepEqual(callsOf("f(a, 1, b[0].c, key=d, n=2)"), [["f", { 0: "a", 2: "b", key: "d" }]]);
  assert.deepEqual(callsOf("random.shuffle(cards)"), [[".shuffle", { 0: "cards" }]]);
  assert.deepEqual(callsOf("f(*a, b, **c)"), [["f", {}]]);
  assert.deepEqual(callsOf("f(g(x), (y))"), [["f", {}], ["g", { 0: "x" }]]);
});

Deno.test("scanCalls() lists the calls in blocks, but not those in functions and classes", () => {
  assert.deepEqual(callsOf("for x in xs:\n    if x:\n        f(x)"), [["f", { 0: "x" }]]);
  assert.deepEqual(callsOf("def g():\n    f(x)\nclass C:\n    y = f(x)"), []);
});

Deno.test("scanCalls() numbers statements as cellDefinitions() does", () => {
  const statements = scanCalls("a = 1  # one\n# a comment\nb = 2; f(b)  # two\n");
  assert.deepEqual(statements.map(({ statement, source }) => [statement, source]), [[3, "f(b)  # two"]]);
});

Deno.test("scanCalls() finds the parameters and global names whose objects a function changes", () => {
  const code = "def f(a, b=1, *c, d, **e):\n    a.append(1)\n    d['x'] = b\n    log.append(a)\n    b += 1\n    z = b";
  assert.deepEqual(functionOf(code), {
    parameters: ["a", "b", "c", "d", "e"],
    changes: ["a", "d", "log"],
    binds: [],
    locals: ["b", "z", "a", "c", "d", "e"],
  });
});

Deno.test("scanCalls() finds the global names that a function binds", () => {
  const { changes, binds } = functionOf("def f():\n    global n, m\n    n += 1\n    m = []\n    k = 1");
  assert.deepEqual([changes, binds], [[], ["n", "m"]]);
});

Deno.test("scanCalls() does not count a parameter that is bound again", () => {
  assert.deepEqual(functionOf("def f(xs):\n    xs = list(xs)\n    xs.append(1)\n    return xs").changes, []);
});

Deno.test("scanCalls() counts a list if a loop changes its items", () => {
  const code = "def f(grid):\n    for row in grid:\n        for cell in row:\n            cell['n'] = 0";
  assert.deepEqual(functionOf(code).changes, ["grid"]);
});

Deno.test("scanCalls() accepts any text", () => {
  for (const code of ["", "f(", "def f(:\n", "f()()[0](x)", "!ls", "%%bash\nf(x)", "f(,)", "lambda: f(x)", "\0f(x)"]) {
    assert.ok(Array.isArray(scanCalls(code)), code);
  }
});
