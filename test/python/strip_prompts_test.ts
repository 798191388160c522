import assert from "node:assert/strict";
import { analyseCell } from "../../src/python/analyse_cell.ts";
import { normalizeCell, withoutPrompts } from "../../src/python/cell_source.ts";

Deno.test("prompts of a pasted session are removed as IPython does", () => {
  const copied: [cell: string, code: string][] = [
    ["In [3]: ham = 5\n   ...: ham * 2", "ham = 5\nham * 2"],
    ["In [12]: def f():\n    ...:     return 1\n    ...:\n    ...: f()", "def f():\n    return 1\n\nf()"],
    ["\n\n    In [3]: ham = 5\n       ...: ham", "ham = 5\nham"],
    ["[ins] In [3]: ham", "ham"],
    ["[nav] In [3]: ham\n         ...: spam", "ham\nspam"],
    [">>> for i in x:\n...     print(i)\n...\n>>> y", "for i in x:\n    print(i)\n\ny"],
    ["  >>> ham\n  ... spam", "ham\nspam"],
    [">>> ham\r\n>>> spam\r\n", "ham\nspam\n"],
    ["def f():\n   ...:     return 1", "def f():\n    return 1"],
    ["def f():\n...     return 1", "def f():\n    return 1"],
    [">>> In [3]: ham", "ham"],
    ["\x1b[32mIn [\x1b[1m3\x1b[0m\x1b[32m]: \x1b[0mham = \x1b[34m5\x1b[0m\n\x1b[32m   ...: \x1b[0mham", "ham = 5\nham"],
    ["In\u00a0[3]:\u00a0ham", "ham"],
    ["\x1b[32mIn \x1b[1m[3]:\x1b[0m ham", "ham"],
    ['>>> s = """\n... >>> not a prompt\n... """', 's = """\n>>> not a prompt\n"""'],
    ["In [3]: %%time\n   ...: f()", "%%time\nf()"],
  ];
  for (const [cell, code] of copied) {
    assert.equal(withoutPrompts(cell), code, cell);
    assert.equal(normalizeCell(cell), code, cell);
  }
});

Deno.test("text that only resembles a prompt is kept", () => {
  const kept = [
    "ham = 5",
    "In[3]:",
    "# In[3]:\n\nham",
    "In [3]:",
    "x\ny\n>>> z",
    'def f():\n    """\n    >>> f()\n    """',
    '"""Doc.\n>>> f()\n"""',
    "print('''\nIn [3]: ham\n''')",
    "x = [\n    ...,\n]",
    "def f():\n    ...",
    ">>>ham",
    "\n\n  x = 1\n  y = '>>> '",
    "",
  ];
  for (const cell of kept) assert.equal(withoutPrompts(cell), cell);
});

Deno.test("a cell with prompts is analysed without them", () => {
  const { parses, result, expressions } = analyseCell("In [3]: ham = 5\n   ...: ham * 2");
  assert.deepEqual({ parses, result, expressions }, { parses: true, result: "expected", expressions: 1 });
});
