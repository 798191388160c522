/**
 * What is read from a notebook file, and what is said of one that cannot be read.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readNotebookFile } from "../../../stack/demo/notebook_file.ts";

const notebook = (cells: unknown[], metadata = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });

Deno.test("readNotebookFile() joins text that stands as lines, and leaves JSON alone", () => {
  const { cells } = readNotebookFile(notebook([
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
    { type: "markdown", source: "# A\nb", outputs: [] },
    {
      type: "code",
      source: "f()",
      outputs: [
        { type: "stream", name: "stderr", text: "a\nb\n" },
        { type: "display_data", data: { "text/html": "<b>x</b>", "application/json": ["x", "y"] }, metadata: {} },
        { type: "error", ename: "E", evalue: "v", traceback: ["E: v"] },
      ],
    },
  ]);
});

Deno.test("readNotebookFile() takes the title from the metadata, else from the first heading", () => {
  const cells = [{ cell_type: "markdown", source: "words\n## A heading" }];
  assert.equal(readNotebookFile(notebook(cells, { title: "Named" })).title, "Named");
  assert.equal(readNotebookFile(notebook(cells)).title, "A heading");
  assert.equal(readNotebookFile(notebook([])).title, "Untitled");
});

const broken: [text: string, message: RegExp][] = [
  ["{", /not JSON/],
  ["[]", /the notebook is not an object/],
  [JSON.stringify({ nbformat: 3 }), /nbformat is 3: only 4/],
  [JSON.stringify({ nbformat: 4 }), /cells is not a list/],
  [notebook([{ cell_type: "heading" }]), /cells\[0\]\.cell_type is "heading": expected code, markdown or raw/],
  [notebook([{ cell_type: "code", outputs: [] }]), /cells\[0\]\.source is not a string/],
  [
    notebook([{ cell_type: "code", source: "", outputs: [{ output_type: "pyout" }] }]),
    /cells\[0\]\.outputs\[0\]\.output_type is "pyout"/,
  ],
];
for (const [text, message] of broken) {
  Deno.test(`readNotebookFile() says of ${text.slice(0, 100)} what is wrong`, () => {
    assert.throws(() => readNotebookFile(text), message);
  });
}
