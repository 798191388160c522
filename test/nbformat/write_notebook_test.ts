import assert from "node:assert/strict";
import { executeCell } from "../../src/execution/execute_cell.ts";
import type { FileCell } from "../../src/nbformat/notebook_file.ts";
import { readNotebook } from "../../src/nbformat/read_notebook.ts";
import { writeNotebook } from "../../src/nbformat/write_notebook.ts";
import { CellOutputs } from "../../src/shell/cell_outputs.ts";
import { goldenCells, perfectAnswer } from "../golden/golden_cells.ts";
import { openAIModel } from "../support/model_requests.ts";
import { startScriptedModel } from "../support/scripted_model_server.ts";
import { validNotebook } from "./valid_notebook.ts";

/** Returns a function that creates numbered ids. */
function counter(): () => string {
  let made = 0;
  return () => `new-${++made}`;
}

const code = (cell: Partial<FileCell> = {}): FileCell => ({
  type: "code",
  source: "",
  metadata: {},
  outputs: [],
  ...cell,
});

const write = (cells: FileCell[], metadata = {}) => validNotebook(writeNotebook({ metadata, cells }, counter()).text);

Deno.test("every kind of output is written in nbformat's form", () => {
  const { cells: [cell] } = write([code({
    source: "a\nb",
    executionCount: 3,
    outputs: [
      { type: "stream", name: "stderr", text: "one\ntwo" },
      { type: "execute_result", data: { "text/plain": "5" } },
      { type: "display_data", data: { "image/png": "iVBO" }, metadata: { "image/png": { width: 1 }, display_id: "d" } },
      { type: "error", ename: "E", evalue: "", traceback: ["E: \u001b[31mv"] },
    ],
  })]);
  assert.deepEqual(cell, {
    cell_type: "code",
    id: "new-1",
    metadata: {},
    source: ["a\n", "b"],
    execution_count: 3,
    outputs: [
      { output_type: "stream", name: "stderr", text: ["one\n", "two"] },
      { output_type: "execute_result", execution_count: 3, data: { "text/plain": ["5"] }, metadata: {} },
      { output_type: "display_data", data: { "image/png": "iVBO" }, metadata: { "image/png": { width: 1 } } },
      { output_type: "error", ename: "E", evalue: "", traceback: ["E: \u001b[31mv"] },
    ],
  });
});

Deno.test("characters that Python cannot save again are replaced in outputs", () => {
  const { cells: [cell] } = write([code({
    outputs: [
      { type: "stream", name: "stdout", text: "a\0b\ud800\n" },
      { type: "error", ename: "E", evalue: "\udc00", traceback: ["\0"] },
    ],
  })]);
  assert.deepEqual(cell.outputs, [
    { output_type: "stream", name: "stdout", text: ["a\u2400b\ufffd\n"] },
    { output_type: "error", ename: "E", evalue: "\ufffd", traceback: ["\u2400"] },
  ]);
});

Deno.test("only MIME types that allow JSON have JSON content, and others have text", () => {
  const data = {
    "application/json": [1, "a\nb"],
    "application/vnd.x+json": { a: 1 },
    "model/x+json": { a: 1 },
    "x/y": 5,
  };
  const { cells: [cell] } = write([code({ outputs: [{ type: "display_data", data }] })]);
  assert.deepEqual(cell.outputs[0].data, { ...data, "model/x+json": '{"a":1}', "x/y": "5" });
});

Deno.test("valid and unique ids are kept, and other ids are replaced", () => {
  const ids = ["kept", undefined, "kept", "no spaces", "x".repeat(65), "new-2"];
  const { cells } = write(ids.map((id) => code(id === undefined ? {} : { id })));
  assert.deepEqual(cells.map(({ id }: { id: string }) => id), ["kept", "new-1", "new-2", "new-3", "new-4", "new-5"]);
});

Deno.test("metadata is kept and completed, without fields that do not belong in a file", () => {
  const given = { title: "T", orig_nbformat: 3, signature: "s", kernelspec: { name: "mine" }, custom: { a: [1] } };
  const { metadata } = write([], given);
  assert.deepEqual(metadata, {
    title: "T",
    custom: { a: [1] },
    kernelspec: { display_name: "Python 3", language: "python", name: "mine" },
    language_info: { file_extension: ".py", mimetype: "text/x-python", name: "python" },
  });
});

Deno.test("a notebook that was written once is written again byte for byte", async () => {
  const tour = await Deno.readTextFile(new URL("../../examples/tour.ipynb", import.meta.url));
  const first = writeNotebook(readNotebook(tour), counter()).text;
  assert.equal(writeNotebook(readNotebook(first), counter()).text, first);
  assert.deepEqual(JSON.parse(first), JSON.parse(tour));
});

Deno.test("markdown and raw cells keep their attachments and metadata", () => {
  const attachments = { "a.png": { "image/png": "iVBO" } };
  const cells: FileCell[] = [
    code({ type: "markdown", source: "![a](attachment:a.png)", attachments, metadata: { tags: ["x"] } }),
    code({ type: "raw", source: "r", metadata: { format: "text/latex" } }),
  ];
  const written = write(cells);
  assert.deepEqual(written.cells[0].attachments, attachments);
  assert.deepEqual(readNotebook(JSON.stringify(written)).cells.map(({ id: _, ...cell }) => cell), cells);
});

Deno.test("ipykernel's recorded outputs make a valid notebook", async () => {
  const cells: FileCell[] = [];
  await using server = await startScriptedModel(({ number }) => perfectAnswer(goldenCells[number]));
  const model = openAIModel(server);
  for (const { code: source, execution_count: executionCount } of goldenCells) {
    const context = new CellOutputs();
    const signal = new AbortController().signal;
    await executeCell({ model, context, code: source, executionCount, history: [], signal });
    cells.push(code({ source, executionCount, outputs: [...context.outputs] }));
  }
  const written = write(cells);
  assert.equal(written.cells.length, goldenCells.length);
  const read = readNotebook(JSON.stringify(written));
  assert.deepEqual(
    read.cells.map(({ outputs }) => outputs.map(({ type }) => type)),
    cells.map(({ outputs }) => outputs.map(({ type }) => type)),
  );
});
