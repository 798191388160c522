/**
 * Cells that are certain to output something.
 *
 * @module
 */

import { ok, strictEqual } from "node:assert/strict";
import { analyseCell } from "../../src/python/analyse_cell.ts";
import golden from "../golden/session.json" with { type: "json" };

Deno.test("mustOutput is false for every recorded cell without outputs", () => {
  let certain = 0;
  for (const { name, code, outputs } of golden.cells) {
    if (!analyseCell(code).mustOutput) continue;
    certain += 1;
    ok(outputs.length > 0, name);
  }
  ok(certain > 40, `${certain} cells`);
});

const certain = [
  "print()",
  'print("a")',
  "print(*a, sep=',', flush=True)",
  "x = 1\nprint(x)\ny = 2",
  "x = 1; print(x);",
  "print(x) # comment",
  "display(x)",
  "raise ValueError('no')",
  "2 + 3",
  "'text'",
  "f'{x}'",
  "'a' 'b'",
  "-x",
  "not x",
  "x < y",
  "x in y",
  "1, 2",
  "x, None",
  "(1)",
  "[]",
  "{1: 2}",
  "[x for x in y]",
  "lambda: None",
  "...",
  "len(x)",
  "sorted(x)",
  "', '.join(x)",
  "x = 5\nx",
  "x = [1]\nx.append(2)\nprint_it(x)\nx",
  "if y:\n    x = 1\n[x]",
];

const uncertain = [
  "x",
  "x = None\nx",
  "x = f()\nx",
  "x = (x)\nx",
  "x, y = 1, 2\nx",
  "x = 5\ndef f():\n    global x\n    x = None\nf()\nx",
  "x = 5\nfor x in y: pass\nx",
  "x = 5\nx = None\nx",
  "x = 5\nwith f() as x: pass\nx",
  "f()",
  "x.y",
  "x[0]",
  "x.append(1)",
  "x or y",
  "x if y else z",
  "a | b",
  "await f()",
  "2 + 3;",
  "x = 5",
  "print(x, end='')",
  "print(x, file=f)",
  "print(**x)",
  "from a import b as print\nprint(x)",
  "len = f\nlen(x)",
  "def print(*a): pass\nprint(1)",
  "def len(x): pass\nlen(1)",
  "if x:\n    print(x)",
  "for i in x:\n    print(i)",
  "def f():\n    print(1)",
  "with redirect_stdout(f):\n    pass\nprint(1)",
  "import sys\nsys.stdout = f\nprint(1)",
  "exit()\nprint(1)",
  "display()",
  "display(*x)",
  "%time print(1)",
  "%%capture\nprint(1)",
  "x = = 2",
  "# print(1)",
  "",
];

for (const [cells, expected] of [[certain, true], [uncertain, false]] as const) {
  for (const code of cells) {
    Deno.test(`${JSON.stringify(code)} ${expected ? "is" : "is not"} certain to output something`, () => {
      strictEqual(analyseCell(code).mustOutput, expected);
    });
  }
}
