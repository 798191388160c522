/**
 * What is read from a notebook file, and what is said of one that cannot be read.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readNotebook } from "../../src/nbformat/read_notebook.ts";

const notebook = (cells: unknown[], metadata = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });

Deno.test("readNotebook() joins text that stands as lines, and leaves JSON alone", () => {
  const { cells } = readNotebook(notebook([
    { cell_type: "markdown", source: ["# A\n", "b"] },
    {
      cell_type: "code",
      source: "f()",
      outputs: [
        { output_type: "stream", name: "stderr", text: ["a\n", "b\n"] },
        { output_type: "display_data", data: { "text/html": ["<b>", "x</b>"], "application/json": ["x", "y"] } },
        { output_type: "error", ename: "E", evalue: "v", traceback: ["E: v"] },
      ],
    },
  ]));
  assert.deepEqual(cells, [
    { type: "markdown", source: "# A\nb", metadata: {}, outputs: [] },
    {
      type: "code",
      source: "f()",
      metadata: {},
      outputs: [
        { type: "stream", name: "stderr", text: "a\nb\n" },
        { type: "display_data", data: { "text/html": "<b>x</b>", "application/json": ["x", "y"] }, metadata: {} },
        { type: "error", ename: "E", evalue: "v", traceback: ["E: v"] },
      ],
    },
  ]);
});

Deno.test("readNotebook() keeps ids, counts, metadata and attachments, and passes over a byte order mark", () => {
  const attachments = { "a.png": { "image/png": "iVBO" } };
  const cells = [
    { cell_type: "markdown", id: "m", source: "", metadata: { tags: ["t"] }, attachments },
    { cell_type: "code", id: 5, source: "", metadata: {}, execution_count: 7, outputs: [] },
    { cell_type: "code", source: "", execution_count: -1.5, outputs: [] },
  ];
  const read = readNotebook(`\uFEFF${notebook(cells, { custom: 1 })}`);
  assert.deepEqual(read.metadata, { custom: 1 });
  assert.deepEqual(read.cells, [
    { type: "markdown", source: "", id: "m", metadata: { tags: ["t"] }, attachments, outputs: [] },
    { type: "code", source: "", metadata: {}, executionCount: 7, outputs: [] },
    { type: "code", source: "", metadata: {}, outputs: [] },
  ]);
});

Deno.test("readNotebook() takes the title from the metadata, else from the first heading", () => {
  const cells = [{ cell_type: "markdown", source: "words\n## A heading" }];
  assert.equal(readNotebook(notebook(cells, { title: "Named" })).title, "Named");
  assert.equal(readNotebook(notebook(cells)).title, "A heading");
  assert.equal(readNotebook(notebook([])).title, "Untitled");
});

const broken: [text: string, message: RegExp][] = [
  ["", /the notebook is empty/],
  ["{", /not JSON/],
  [JSON.stringify({}), /nbformat is missing: only 4/],
  ["[]", /the notebook is not an object/],
  [JSON.stringify({ nbformat: 3 }), /nbformat is 3: only 4 can be read; Jupyter converts older ones/],
  [JSON.stringify({ nbformat: 4 }), /cells is not a list/],
  [notebook([{ cell_type: "heading" }]), /cells\[0\]\.cell_type is "heading": expected code, markdown or raw/],
  [notebook([{ cell_type: "code", outputs: [] }]), /cells\[0\]\.source is not a string/],
  [
    notebook([{ cell_type: "code", source: "", outputs: [{ output_type: "pyout" }] }]),
    /cells\[0\]\.outputs\[0\]\.output_type is "pyout"/,
  ],
];
for (const [text, message] of broken) {
  Deno.test(`readNotebook() says of ${text.slice(0, 100)} what is wrong`, () => {
    assert.throws(() => readNotebook(text), message);
  });
}
