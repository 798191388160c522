/**
 * The names that a cell needs from earlier cells.
 *
 * @module
 */

import assert from "node:assert/strict";
import { namesUsed } from "../../src/python/names_used.ts";

const CASES: [code: string, names: string[]][] = [
  ["x = a\nx + b", ["a", "b"]],
  ["x\nx = 1", ["x"]],
  ["def f(a): return a + helper(b)\nb = 1", ["b", "helper"]],
  ["x += 1\ny.append(z)\ndel w", ["w", "x", "y", "z"]],
  ["for i in range(n): print(i)", ["n", "print", "range"]],
  ["%time f(x)\n!ls\n%timeit g(y)", ["f", "g", "x", "y"]],
  ["%%time\nx", ["x"]],
  ["%%bash\nls", []],
  ["import a\na.b(c)", ["c"]],
  ["x = (", []],
];

for (const [code, names] of CASES) {
  Deno.test(`namesUsed() lists ${JSON.stringify(names)} for ${JSON.stringify(code)}`, () => {
    assert.deepEqual([...namesUsed(code)].sort(), names);
  });
}
