/**
 * Repair of invalid notebooks when they are written.
 *
 * @module
 */

import assert from "node:assert/strict";
import fc from "fast-check";
import { NotebookFileError } from "../../src/nbformat/notebook_file.ts";
import { readNotebook } from "../../src/nbformat/read_notebook.ts";
import { writeNotebook } from "../../src/nbformat/write_notebook.ts";
import { notebookKinds } from "./notebook_kinds.ts";
import { validNotebook } from "./valid_notebook.ts";

const counter = () => {
  let count = 0;
  return () => `new-${++count}`;
};

/** Reads a text and writes it again. */
function rewritten(text: string) {
  const { text: written, repairs } = writeNotebook(readNotebook(text), counter());
  return { text: written, repairs, notebook: validNotebook(written.replaceAll(/\b(?:-?Infinity|NaN)\b/g, "0")) };
}

const notebook = (cells: unknown[], metadata = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });

Deno.test("a valid notebook is written unchanged, with numbers that JavaScript cannot represent", () => {
  const outputs =
    `[{"output_type":"display_data","data":{"application/json":[NaN,9007199254740993,1.0],"text/plain":"one string"},` +
    `"metadata":{"isolated":true}},{"output_type":"execute_result","execution_count":3,"data":{"text/html":["<b>","x"]},"metadata":{}}]`;
  const text = `{"nbformat":4,"nbformat_minor":5,"metadata":{"papermill":{"ratio":NaN,"id":1234567890123456789}},` +
    `"cells":[{"cell_type":"code","id":"a","metadata":{"n":1e5},"source":"","execution_count":9,"outputs":${outputs}}]}`;
  const { text: written, repairs } = rewritten(text);
  const compact = written.replaceAll(/\n */g, "").replaceAll('": ', '":');
  assert.deepEqual(repairs, []);
  assert(compact.includes('"papermill":{"id":1234567890123456789,"ratio":NaN}'), compact);
  assert(compact.includes('"application/json":[NaN,9007199254740993,1.0]'), compact);
  assert(compact.includes('"text/plain":"one string"'), compact);
  assert(compact.includes('"execution_count":3'), compact);
  assert(compact.includes('"n":1e5'), compact);
  assert.equal(rewritten(written).text, written);
});

Deno.test("invalid metadata is repaired or left out, and reported", () => {
  const { notebook: written, repairs } = rewritten(notebook([
    {
      cell_type: "code",
      id: "a b",
      source: "",
      metadata: { tags: ["x", "x", "a,b", 5, ""], collapsed: "yes", other: 1 },
    },
    { cell_type: "markdown", id: "m", source: "", metadata: { tags: "one", name: 5 } },
    { cell_type: "raw", id: "m", source: "", metadata: { format: 5 } },
  ], { title: ["A", "B"], authors: { name: "N" }, kernelspec: { display_name: 3 }, language_info: 7 }));
  assert.deepEqual(written.metadata.title, "A B");
  assert.deepEqual(written.metadata.authors, [{ name: "N" }]);
  assert.deepEqual(written.metadata.kernelspec, { display_name: "3", language: "python", name: "python3" });
  assert.deepEqual(written.metadata.language_info.name, "python");
  // deno-lint-ignore no-explicit-any -- read from JSON
  assert.deepEqual(written.cells.map(({ id, metadata }: any) => [id, metadata]), [
    ["new-1", { tags: ["x", "a", "b", "5"], other: 1 }],
    ["m", { tags: ["one"], name: "5" }],
    ["new-2", {}],
  ]);
  assert.deepEqual(repairs.sort(), [
    "cells[0].id was replaced by new-1",
    "cells[0].metadata.collapsed was left out",
    "cells[0].metadata.tags was repaired",
    "cells[1].metadata.name was repaired",
    "cells[1].metadata.tags was repaired",
    "cells[2].id was replaced by new-2",
    "cells[2].metadata.format was left out",
    "metadata.authors was repaired",
    "metadata.kernelspec was repaired",
    "metadata.language_info was repaired",
    "metadata.title was repaired",
  ]);
});

Deno.test("invalid outputs and attachments are repaired or left out, and reported", () => {
  const { notebook: written, repairs } = rewritten(notebook([
    {
      cell_type: "code",
      id: "a",
      source: "",
      outputs: [
        { output_type: "stream", name: "stdout", text: "x", transient: {} },
        { output_type: "display_data", data: { "text/plain": 5 }, metadata: [] },
        { output_type: "error", ename: "E", evalue: "v", traceback: [] },
      ],
    },
    { cell_type: "markdown", id: "m", source: "", attachments: { "a.png": { "image/png": "iVBO" }, "b.png": 5 } },
  ]));
  assert.deepEqual(written.cells[0].outputs, [
    { output_type: "stream", name: "stdout", text: ["x"] },
    { output_type: "display_data", data: { "text/plain": "5" }, metadata: {} },
    { output_type: "error", ename: "E", evalue: "v", traceback: [] },
  ]);
  assert.deepEqual(written.cells[1].attachments, { "a.png": { "image/png": "iVBO" } });
  assert.deepEqual(repairs, [
    "cells[0].outputs[0] was repaired",
    "cells[0].outputs[1] was repaired",
    "cells[1].attachments.b.png was left out",
  ]);
});

const text = fc.oneof(fc.string(), fc.array(fc.string()), fc.jsonValue({ maxDepth: 2 }));
const metadata = fc.oneof(
  fc.dictionary(
    fc.constantFrom("tags", "name", "jupyter", "collapsed", "scrolled", "execution", "format", "title", "other"),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);
const output = fc.record({
  output_type: fc.constantFrom("stream", "execute_result", "display_data", "error", "pyout", "pyerr", "odd"),
  name: fc.oneof(fc.constantFrom("stdout", "stderr"), fc.jsonValue({ maxDepth: 2 })),
  text,
  data: fc.oneof(
    fc.dictionary(fc.constantFrom("text/plain", "application/json", "image/png", "a+json"), text),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  metadata: fc.jsonValue({ maxDepth: 2 }),
  execution_count: fc.oneof(fc.nat(), fc.jsonValue({ maxDepth: 2 })),
  ename: text,
  evalue: text,
  traceback: text,
}, { requiredKeys: ["output_type"] });
const cell = fc.record({
  cell_type: fc.oneof(fc.constantFrom("code", "markdown", "raw", "heading", "html"), fc.jsonValue({ maxDepth: 2 })),
  id: fc.oneof(fc.constantFrom("a", "a b", ""), fc.string(), fc.jsonValue({ maxDepth: 2 })),
  source: text,
  input: text,
  metadata,
  attachments: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), fc.jsonValue({ maxDepth: 2 })),
  execution_count: fc.oneof(fc.nat(), fc.jsonValue({ maxDepth: 2 })),
  outputs: fc.oneof(fc.array(output), fc.jsonValue({ maxDepth: 2 })),
}, { requiredKeys: [] });
const file = fc.record({
  nbformat: fc.constantFrom(2, 3, 4),
  metadata: fc.oneof(
    fc.dictionary(
      fc.constantFrom("kernelspec", "language_info", "title", "authors", "orig_nbformat", "other"),
      fc.jsonValue({ maxDepth: 2 }),
    ),
    fc.jsonValue({ maxDepth: 2 }),
  ),
  cells: fc.array(cell),
  worksheets: fc.array(fc.record({ cells: fc.array(cell) })),
}, { requiredKeys: ["nbformat", "cells"] });

Deno.test("any readable notebook is valid when it is written, and stays the same afterwards", () => {
  fc.assert(
    fc.property(file, (json) => {
      let once: ReturnType<typeof rewritten>;
      try {
        once = rewritten(JSON.stringify(json));
      } catch (error) {
        if (error instanceof NotebookFileError) return;
        throw error;
      }
      const twice = rewritten(once.text);
      assert.deepEqual([twice.text, twice.repairs], [once.text, []]);
    }),
    { numRuns: 100 },
  );
});

for (const [name, text] of Object.entries(notebookKinds)) {
  Deno.test(`the notebook ${name} is valid when it is written`, () => {
    rewritten(text);
  });
}
