/**
 * Reading of notebook files, and the messages about invalid ones.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readNotebook } from "../../src/nbformat/read_notebook.ts";

const notebook = (cells: unknown[], metadata = {}) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata, cells });

Deno.test("readNotebook() joins lists of lines, and leaves JSON unchanged", () => {
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

Deno.test("readNotebook() keeps ids, counts, metadata and attachments, and skips a byte order mark", () => {
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

Deno.test("readNotebook() takes the title from the metadata or the first heading", () => {
  const cells = [{ cell_type: "markdown", source: "words\n## A heading" }];
  assert.equal(readNotebook(notebook(cells, { title: "Named" })).title, "Named");
  assert.equal(readNotebook(notebook(cells)).title, "A heading");
  assert.equal(readNotebook(notebook([])).title, "Untitled");
});

const broken: [text: string, message: RegExp][] = [
  ["", /the notebook is empty/],
  ["{", /not JSON: it ends unexpectedly at line 1; the file seems to be cut off/],
  [`{\n"nbformat": 4,\n"cells": [}\n`, /not JSON: line 3, column 11 has "}", which is not expected there/],
  [`{\n"a": NaN,\n"b" 1}\n`, /not JSON: line 3, column 5 has "1}"/],
  [`{\n<<<<<<< HEAD\n"a": 1\n=======\n}`, /not JSON: line 2 has the marker of a merge conflict, <<<<<<<; resolve/],
  ["[".repeat(1e6), /not JSON: /],
  [JSON.stringify({}), /nbformat is missing: expected 2 to 4/],
  ["[]", /the notebook is not an object/],
  [JSON.stringify({ nbformat: 5, cells: [] }), /nbformat is 5: only formats up to 4 can be read/],
  [JSON.stringify({ nbformat: "x", cells: [] }), /nbformat is "x": expected 2 to 4/],
  [JSON.stringify({ nbformat: 4 }), /cells is not a list/],
  [notebook([5]), /cells\[0\] is not an object/],
];
for (const [text, message] of broken) {
  Deno.test(`readNotebook() reports what is wrong with ${text.slice(0, 100)}`, () => {
    assert.throws(() => readNotebook(text), message);
  });
}

Deno.test("readNotebook() reads invalid cells and reports those that it changes", () => {
  const { cells, notes, metadata } = readNotebook(JSON.stringify({
    nbformat: 4,
    metadata: null,
    cells: [
      { cell_type: "code" },
      { cell_type: "code", source: ["a", null, 5], metadata: [], outputs: {}, execution_count: "7", collapsed: true },
      { cell_type: "heading", level: 3, source: "T" },
      { cell_type: "sql", source: "SELECT 1" },
    ],
  }));
  assert.deepEqual(metadata, {});
  assert.deepEqual(cells, [
    { type: "code", source: "", metadata: {}, outputs: [] },
    { type: "code", source: "a5", metadata: { collapsed: true }, outputs: [] },
    { type: "markdown", source: "### T", metadata: {}, outputs: [] },
    { type: "raw", source: "SELECT 1", metadata: {}, outputs: [] },
  ]);
  assert.deepEqual(notes, ['cells[3].cell_type is "sql", which is not part of the format; the cell became a raw one']);
});

Deno.test("readNotebook() reads invalid outputs and reports those that it leaves out", () => {
  const { cells: [cell], notes } = readNotebook(notebook([{
    cell_type: "code",
    source: "",
    outputs: [
      { output_type: "stream", text: null },
      { output_type: "display_data", data: { "text/plain": null }, metadata: [] },
      { output_type: "display_data" },
      { output_type: "pyout", prompt_number: 3, text: ["4", "2"], metadata: {} },
      { output_type: "error", ename: "E" },
      { output_type: "pyerr", ename: "E", evalue: null, traceback: "a\nb" },
      { output_type: "unknown" },
      "x",
    ],
  }]));
  assert.deepEqual(cell.outputs, [
    { type: "stream", name: "stdout", text: "" },
    { type: "display_data", data: { "text/plain": null }, metadata: {} },
    { type: "display_data", data: {}, metadata: {} },
    { type: "execute_result", data: { "text/plain": "42" }, metadata: {} },
    { type: "error", ename: "E", evalue: "", traceback: [] },
    { type: "error", ename: "E", evalue: "", traceback: ["a", "b"] },
  ]);
  assert.deepEqual(notes.map((note) => note.slice(0, 19)), ["cells[0].outputs[6]", "cells[0].outputs[7]"]);
});

Deno.test("readNotebook() reads nbformat 3 and 2", () => {
  const old = {
    nbformat: 3,
    metadata: { name: "Old" },
    worksheets: [{
      cells: [
        { cell_type: "heading", level: 2, source: ["Eggs\n", "and ham"] },
        {
          cell_type: "code",
          input: ["6*7\n", "f()"],
          language: "python",
          prompt_number: 4,
          collapsed: true,
          outputs: [
            { output_type: "stream", stream: "stderr", text: ["x\n"] },
            { output_type: "pyout", prompt_number: 4, text: ["42"], html: "<b>42</b>", json: '{"a": 1}' },
            { output_type: "display_data", png: "iVBO", metadata: { "image/png": { width: 5 } } },
            { output_type: "pyerr", ename: "E", evalue: "v", traceback: ["t"] },
          ],
        },
      ],
    }, { cells: [{ cell_type: "html", source: "<p>" }, { cell_type: "raw", source: "r" }] }],
  };
  const { title, cells, notes } = readNotebook(JSON.stringify(old));
  assert.deepEqual([title, notes], ["Old", []]);
  assert.deepEqual(cells, [
    { type: "markdown", source: "## Eggs and ham", metadata: {}, outputs: [] },
    {
      type: "code",
      source: "6*7\nf()",
      metadata: { collapsed: true },
      executionCount: 4,
      outputs: [
        { type: "stream", name: "stderr", text: "x\n" },
        {
          type: "execute_result",
          data: { "text/plain": "42", "text/html": "<b>42</b>", "application/json": { a: 1 } },
          metadata: {},
        },
        { type: "display_data", data: { "image/png": "iVBO" }, metadata: { "image/png": { width: 5 } } },
        { type: "error", ename: "E", evalue: "v", traceback: ["t"] },
      ],
    },
    { type: "markdown", source: "<p>", metadata: {}, outputs: [] },
    { type: "raw", source: "r", metadata: {}, outputs: [] },
  ]);
  assert.equal(readNotebook(JSON.stringify({ ...old, nbformat: 2 })).cells.length, 4);
  assert.equal(readNotebook(JSON.stringify({ ...old, nbformat: 4 })).cells.length, 4);
});
