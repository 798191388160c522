import assert from "node:assert/strict";
import fc from "fast-check";
import type { FileCell } from "../../src/nbformat/notebook_file.ts";
import { readPythonScript } from "../../src/nbformat/python_script.ts";
import { writePythonScript } from "../../src/nbformat/write_python_script.ts";

const cell = (type: FileCell["type"], source: string, metadata: FileCell["metadata"] = {}): FileCell => ({
  type,
  source,
  metadata,
  outputs: [],
});

const again = (cells: FileCell[], note?: string) => readPythonScript(writePythonScript(cells, note)).cells;

Deno.test("a notebook is written in the percent format", () => {
  const text = writePythonScript([
    cell("markdown", "# Eggs\n\nBoiled."),
    cell("code", "minutes = 5\nminutes", { tags: ["parameters"], aipython: { model: "m", simulated: true } }),
    cell("raw", "as it is"),
    cell("code", ""),
  ], "Who answered.");
  assert.equal(
    text,
    `# AIPython: Who answered.

# %% [markdown]
# # Eggs
#
# Boiled.

# %% tags=["parameters"] aipython={"model":"m","simulated":true}
minutes = 5
minutes

# %% [raw]
# as it is

# %%
`,
  );
});

Deno.test("written cells are read again without the note at the beginning", () => {
  const cells = [
    cell("code", "%time f()\n!ls\nx = '''\n# %% not a cell\n'''", { "a b": { c: [1, null, "}"] }, title: "T" }),
    cell("markdown", "%% looks like a marker\n<codecell>\nIn [1]:"),
    cell("markdown", '%% with """ in it\\n'),
    cell("raw", "---\ntitle: x\n---"),
    cell("code", "def f():\n\n    return 1", { title: "An [odd] title = 1", name: "n" }),
    cell("markdown", ""),
  ];
  assert.deepEqual(again(cells, "One line.\nAnother."), cells);
  assert.deepEqual(again([cell("code", "a\r\nb")]), [cell("code", "a\nb")]);
});

Deno.test("markdown and raw cells with any text and metadata are read again unchanged", () => {
  const line = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom("%%", "%% [raw]", "In [2]:", "<rawcell>", "+", "-", "# %%", "```", "    x", "'''", '"'),
  ).map((text) => text.replaceAll(/[\n\r\u2028\u2029\f\v]/g, " ").trimEnd()).filter((line) => !line.includes('"""'));
  const text = fc.array(line, { maxLength: 5 }).map((lines) => lines.join("\n").replace(/^\s+/, "").trimEnd());
  const key = fc.stringMatching(/^[A-Za-z_][\w.-]{0,5}$/).filter((name) => name !== "title" && name !== "tags");
  const metadata = fc.dictionary(key, fc.jsonValue({ maxDepth: 2 })).map((all) => JSON.parse(JSON.stringify(all)));
  const cells = fc.array(
    fc.record({ type: fc.constantFrom("markdown" as const, "raw" as const), source: text, metadata }).map((cell) => ({
      ...cell,
      outputs: [],
    })),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(fc.property(cells, (cells) => assert.deepEqual(again(cells as FileCell[]), cells)), { numRuns: 300 });
});

Deno.test("a text that fits neither comments nor a string is escaped with backslashes", () => {
  const [{ source }] = again([cell("markdown", `%%\n"""\n'''\nIn [1]:\n<codecell>`)]);
  assert.equal(source, `\\%%\n"""\n'''\nIn \\[1]:\n\\<codecell>`);
});
