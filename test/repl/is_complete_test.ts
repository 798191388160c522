import assert from "node:assert/strict";
import { isComplete } from "../../src/repl/is_complete.ts";
import { completeCells } from "./recorded_complete_cells.ts";
import { openCells } from "./recorded_open_cells.ts";

for (const [answer, cells] of Object.entries({ complete: completeCells, ...openCells })) {
  const expected = answer === "complete" ? { complete: true } : { complete: false, indent: Number(answer) };
  Deno.test(`isComplete() answers ${JSON.stringify(expected)} where IPython does`, () => {
    for (const cell of cells) assert.deepEqual(isComplete(cell), expected, JSON.stringify(cell));
  });
}

Deno.test("isComplete() ends a cell magic at one blank line, where IPython waits for two", () => {
  for (const cell of ["%%time\n", "%%time\nx = 1\n", "%%bash\nif x; then\n"]) {
    assert.deepEqual(isComplete(cell), { complete: true }, JSON.stringify(cell));
  }
});

Deno.test("isComplete() leaves a comment for a comment and a colon in a string for text", () => {
  assert.deepEqual(isComplete("x = 1  # then:"), { complete: true });
  assert.deepEqual(isComplete("x = 'then:'"), { complete: true });
  assert.deepEqual(isComplete("if x:  # then"), { complete: false, indent: 4 });
});

Deno.test("isComplete() reads copied code without its prompts", () => {
  assert.deepEqual(isComplete("In [8]: eggs = 5\n   ...: eggs * 2"), { complete: true });
  assert.deepEqual(isComplete(">>> def f():\n...     return 1"), { complete: false, indent: 4 });
});

Deno.test("isComplete() ends shell lines and magics where IPython does", () => {
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
