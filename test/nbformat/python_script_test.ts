import assert from "node:assert/strict";
import { readPythonScript } from "../../src/nbformat/python_script.ts";

/** Returns the cells of a text, each as its kind and source. */
function cellsOf(text: string): [type: string, source: string][] {
  return readPythonScript(text).cells.map(({ type, source }) => [type, source]);
}

Deno.test("a file without markers is one cell, and a blank file has no cells", () => {
  assert.deepEqual(cellsOf("\n\nx = 1\n\n\ndef f():\n    pass\n\n"), [["code", "x = 1\n\n\ndef f():\n    pass"]]);
  assert.deepEqual(cellsOf(" \n\n"), []);
});

Deno.test("cells begin at markers of every form and lose the blank lines around them", () => {
  const text = "# %%\n\na\n#%%\nb\n\n# %% A title\nc\n#  %%\t\nd\n# %%% Deeper\ne\n# %%\n";
  assert.deepEqual(cellsOf(text), [["code", "a"], ["code", "b"], ["code", "c"], ["code", "d"], ["code", "e"], [
    "code",
    "",
  ]]);
});

Deno.test("a commented magic, an indented marker and a marker in a string do not begin a cell", () => {
  for (
    const text of ["# %%time\na", "if a:\n    # %%\n    b", 's = """\n# %%\n"""', "a  # %%", "%%time\na"]
  ) {
    assert.deepEqual(cellsOf(text), [["code", text]], text);
  }
});

Deno.test("the source of a markdown cell is read from comments, a long string or plain text", () => {
  const cases: [body: string, source: string][] = [
    ["# # Heading\n#\n# text\n#  indented", "# Heading\n\ntext\n indented"],
    ['"""\n# Heading\n\ntext\n"""', "# Heading\n\ntext"],
    ['r"""\n# Eggs\n$\\\\alpha$\n"""', "# Eggs\n$\\\\alpha$"],
    ["R'''x'''", "x"],
    ["plain words", "plain words"],
  ];
  for (const [body, source] of cases) {
    assert.deepEqual(cellsOf(`# %% [markdown]\n${body}\n# %%\nx`), [["markdown", source], ["code", "x"]], body);
    for (
      const marker of ["# %% About [md]", "# %% markdown", "#%% md", '# %% markdown tags=["x"]', '#%% md {"a": 1}']
    ) {
      assert.deepEqual(cellsOf(`${marker}\n${body}`), [["markdown", source]], marker);
    }
  }
  assert.deepEqual(cellsOf("# %% [raw]\n# r"), [["raw", "r"]]);
  assert.deepEqual(cellsOf("# %% markdown tips\nx"), [["code", "x"]]);
});

Deno.test("text before the first marker becomes code if it contains code, and otherwise a raw cell", () => {
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

Deno.test("titles and tags become metadata, and the first heading becomes the notebook's title", () => {
  const { cells, title } = readPythonScript(
    '# %% [markdown]\n# # Eggs\n# %% Boil tags=["raises-exception", "x", "x"]\na\n# %% tags=["broken]\nb',
  );
  assert.equal(title, "Eggs");
  assert.deepEqual(cells.map(({ metadata }) => metadata), [
    {},
    { title: "Boil", tags: ["raises-exception", "x"] },
    { title: 'tags=["broken]' },
  ]);
});

Deno.test("a byte order mark and Windows line endings are removed", () => {
  assert.deepEqual(cellsOf("\uFEFF# %%\r\na\r\nb\r\n"), [["code", "a\nb"]]);
});

const metadataOf = (marker: string) => readPythonScript(`# %%${marker}\nx`).cells[0].metadata;

Deno.test("metadata after the title is read as JSON or as key-value pairs", () => {
  assert.deepEqual(metadataOf(' Load slideshow={"slide_type": "slide"} tags=["raises-exception"]'), {
    title: "Load",
    slideshow: { slide_type: "slide" },
    tags: ["raises-exception"],
  });
  assert.deepEqual(metadataOf(' {"tags": ["a"], "n": {"b": [1, "]"]}}'), { tags: ["a"], n: { b: [1, "]"] } });
  assert.deepEqual(metadataOf(` A b=1 c.d='it\\'s' e="x y" f=true g=True h=None i=-2.5, j=[1, [2]]`), {
    title: "A",
    b: 1,
    "c.d": "it's",
    e: "x y",
    f: true,
    g: true,
    h: null,
    i: -2.5,
    j: [1, [2]],
  });
  for (const title of ["a = b", "f(x=1)", "y=x+1", "{broken", "x={1}", "see a=1 and more"]) {
    assert.deepEqual(metadataOf(` ${title}`), { title }, title);
  }
});

Deno.test("nbconvert's export is read with its Markdown", () => {
  const text = "#!/usr/bin/env python\n# coding: utf-8\n\n# # Eggs\n\n# In[1]:\n\n\neggs = 6\neggs\n\n\n" +
    "# ## Twice\n# \n# more\n\n# In[ ]:\n\n\neggs * 2  # double\n# a comment\n";
  assert.deepEqual(cellsOf(text), [
    ["markdown", "# Eggs"],
    ["code", "eggs = 6\neggs"],
    ["markdown", "## Twice\n\nmore"],
    ["code", "eggs * 2  # double\n# a comment"],
  ]);
  assert.deepEqual(cellsOf("# In[*]\na\n# In [12]:\nb"), [["code", "a"], ["code", "b"]]);
});

Deno.test("IPython's export is read", () => {
  const text = "# -*- coding: utf-8 -*-\n# <nbformat>3.0</nbformat>\n\n# <headingcell level=2>\n\n# Eggs\n\n" +
    "# <markdowncell>\n\n# text\n\n# <codecell>\n\na\n\n# <rawcell>\n\n# r\n";
  assert.deepEqual(cellsOf(text), [["markdown", "## Eggs"], ["markdown", "text"], ["code", "a"], ["raw", "r"]]);
});

Deno.test("a Databricks notebook is read", () => {
  const text =
    "# Databricks notebook source\n# MAGIC %md\n# MAGIC # Eggs\n# MAGIC\n# MAGIC text\n\n# COMMAND ----------\n\n" +
    "# DBTITLE 1,Boil\na\n\n# COMMAND ----------\n\n# MAGIC %sql\n# MAGIC SELECT 1\n\n# COMMAND ----------\n\n" +
    "# MAGIC %md one line\n\n# COMMAND ----------\n\n# MAGIC %pip install x\n";
  assert.deepEqual(cellsOf(text), [
    ["markdown", "# Eggs\n\ntext"],
    ["code", "a"],
    ["code", "%%sql\nSELECT 1"],
    ["markdown", "one line"],
    ["code", "%pip install x"],
  ]);
  assert.deepEqual(readPythonScript(text).cells[1].metadata, { title: "Boil" });
});

Deno.test("Jupytext's light format is read", () => {
  const text =
    "# ---\n# jupyter:\n#   a: 1\n# ---\n\n# # Eggs\n# text\n\nimport a\n\ndef f():\n    x = 1\n\n    return x\n\n" +
    '# + tags=["x"]\nb\n\nc\n# -\n\nd\n\n# + [markdown]\n# more\n#\n# words\n# -\n\ns = """\n\ny\n"""\n';
  assert.deepEqual(cellsOf(text), [
    ["raw", "# ---\n# jupyter:\n#   a: 1\n# ---"],
    ["markdown", "# Eggs\ntext"],
    ["code", "import a"],
    ["code", "def f():\n    x = 1\n\n    return x"],
    ["code", "b\n\nc"],
    ["code", "d"],
    ["markdown", "more\n\nwords"],
    ["code", 's = """\n\ny\n"""'],
  ]);
});

Deno.test("markers of other formats are comments", () => {
  assert.deepEqual(cellsOf("# %%\na\n# +\nb\n# COMMAND ----------\nc"), [[
    "code",
    "a\n# +\nb\n# COMMAND ----------\nc",
  ]]);
  assert.deepEqual(cellsOf("a\n# -\nb"), [["code", "a\n# -\nb"]]);
});
