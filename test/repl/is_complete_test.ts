import assert from "node:assert/strict";
import { isComplete } from "../../src/repl/is_complete.ts";
import { completeCells } from "./recorded_complete_cells.ts";
import { openCells } from "./recorded_open_cells.ts";

for (const [answer, cells] of Object.entries({ complete: completeCells, ...openCells })) {
  const expected = answer === "complete" ? { complete: true } : { complete: false, indent: Number(answer) };
  Deno.test(`isComplete() returns ${JSON.stringify(expected)} for the cells for which IPython does`, () => {
    for (const cell of cells) assert.deepEqual(isComplete(cell), expected, JSON.stringify(cell));
  });
}

Deno.test("isComplete() ends a cell magic after one blank line, while IPython needs two", () => {
  for (const cell of ["%%time\n", "%%time\nx = 1\n", "%%bash\nif x; then\n"]) {
    assert.deepEqual(isComplete(cell), { complete: true }, JSON.stringify(cell));
  }
});

Deno.test("isComplete() ignores comments and colons in strings", () => {
  assert.deepEqual(isComplete("x = 1  # then:"), { complete: true });
  assert.deepEqual(isComplete("x = 'then:'"), { complete: true });
  assert.deepEqual(isComplete("if x:  # then"), { complete: false, indent: 4 });
});

Deno.test("isComplete() ignores the prompts of copied code", () => {
  assert.deepEqual(isComplete("In [8]: eggs = 5\n   ...: eggs * 2"), { complete: true });
  assert.deepEqual(isComplete(">>> def f():\n...     return 1"), { complete: false, indent: 4 });
});

Deno.test("isComplete() ends shell commands and magics like IPython", () => {
  const complete = [
    "!ls",
    "!echo (",
    "!echo 'a:",
    "x = !ls (",
    "!ls\nx = 1",
    "x = 1\n!ls",
    "with a:\n    !ls:\n",
    "%%bash\n!ls\n",
  ];
  for (const cell of [...complete, "%who", "%whos str", "%history -n 1-5"]) {
    assert.deepEqual(isComplete(cell), { complete: true }, cell);
  }
  for (const cell of ["for x in y:\n    !echo {x}", "if x:\n    !ls\nelse:", "!ls\nfor i in x:"]) {
    assert.deepEqual(isComplete(cell), { complete: false, indent: 4 }, cell);
  }
  for (const cell of ["%%bash", "%%bash\nls"]) assert.deepEqual(isComplete(cell), { complete: false, indent: 0 }, cell);
});
