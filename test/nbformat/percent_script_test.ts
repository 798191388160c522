import assert from "node:assert/strict";
import { readPercentScript } from "../../src/nbformat/percent_script.ts";

/** The cells of a text, each as its kind and source. */
function cellsOf(text: string): [type: string, source: string][] {
  return readPercentScript(text).cells.map(({ type, source }) => [type, source]);
}

Deno.test("a file without markers is one cell, a blank file none", () => {
  assert.deepEqual(cellsOf("\n\nx = 1\n\n\ndef f():\n    pass\n\n"), [["code", "x = 1\n\n\ndef f():\n    pass"]]);
  assert.deepEqual(cellsOf(" \n\n"), []);
});

Deno.test("cells begin at markers of every form, and are without the blank lines around them", () => {
  const text = "# %%\n\na\n#%%\nb\n\n# %% A title\nc\n#  %%\t\nd\n# %%\n";
  assert.deepEqual(cellsOf(text), [["code", "a"], ["code", "b"], ["code", "c"], ["code", "d"], ["code", ""]]);
});

Deno.test("a commented magic, an indented marker and a marker in a string begin no cell", () => {
  for (
    const text of ["# %%time\na", "if a:\n    # %%\n    b", 's = """\n# %%\n"""', "a  # %%", "# %%%\na", "%%time\na"]
  ) {
    assert.deepEqual(cellsOf(text), [["code", text]], text);
  }
});

Deno.test("markdown comes from comments, from a long string, or as it is", () => {
  const cases: [body: string, source: string][] = [
    ["# # Heading\n#\n# text\n#  indented", "# Heading\n\ntext\n indented"],
    ['"""\n# Heading\n\ntext\n"""', "# Heading\n\ntext"],
    ["plain words", "plain words"],
  ];
  for (const [body, source] of cases) {
    assert.deepEqual(cellsOf(`# %% [markdown]\n${body}\n# %%\nx`), [["markdown", source], ["code", "x"]], body);
    assert.deepEqual(cellsOf(`# %% About [md]\n${body}`), [["markdown", source]]);
  }
  assert.deepEqual(cellsOf("# %% [raw]\n# r"), [["raw", "r"]]);
});

Deno.test("what stands before the first marker is code if there is any, and else kept as it is", () => {
  assert.deepEqual(cellsOf("#!/usr/bin/python\nimport a\n\n# %%\nb"), [
    ["code", "#!/usr/bin/python\nimport a"],
    ["code", "b"],
  ]);
  assert.deepEqual(cellsOf("# ---\n# jupyter:\n# ---\n\n# %%\nb"), [["raw", "# ---\n# jupyter:\n# ---"], [
    "code",
    "b",
  ]]);
  assert.deepEqual(cellsOf("# only a comment\n"), [["code", "# only a comment"]]);
});

Deno.test("titles and tags become metadata, and the first heading the title of the notebook", () => {
  const { cells, title } = readPercentScript(
    '# %% [markdown]\n# # Eggs\n# %% Boil tags=["raises-exception", "x", "x"]\na\n# %% tags=["broken]\nb',
  );
  assert.equal(title, "Eggs");
  assert.deepEqual(cells.map(({ metadata }) => metadata), [
    {},
    { title: "Boil", tags: ["raises-exception", "x"] },
    { title: 'tags=["broken]' },
  ]);
});

Deno.test("a byte order mark and the ends of lines of Windows are not part of cells", () => {
  assert.deepEqual(cellsOf("\uFEFF# %%\r\na\r\nb\r\n"), [["code", "a\nb"]]);
});
