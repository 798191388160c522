/**
 * The tour notebook as a file: valid nbformat 4.5, run from top to bottom.
 *
 * @module
 */

import assert from "node:assert/strict";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";

const text = await Deno.readTextFile(new URL("../../../examples/tour.ipynb", import.meta.url));

Deno.test("the tour's cells have different ids, as nbformat 4.5 requires", () => {
  const { nbformat, nbformat_minor, cells } = JSON.parse(text);
  assert.deepEqual([nbformat, nbformat_minor], [4, 5]);
  const ids: string[] = cells.map((cell: { id: string }) => cell.id);
  assert.ok(ids.every((id) => /^[a-zA-Z0-9_-]{1,64}$/.test(id)));
  assert.equal(new Set(ids).size, ids.length);
});

Deno.test("the tour's execution counts start at 1 and match the counts of the results", () => {
  const cells = JSON.parse(text).cells.filter((cell: { cell_type: string }) => cell.cell_type === "code");
  for (const [index, { execution_count, outputs }] of cells.entries()) {
    assert.equal(execution_count, index + 1);
    const counts = outputs.flatMap((output: { execution_count?: number }) => output.execution_count ?? []);
    assert.ok(counts.every((count: number) => count === index + 1));
  }
});

Deno.test("the tour has every kind of output and exactly one error", () => {
  const { cells } = readNotebook(text);
  const outputs = cells.flatMap((cell) => cell.outputs);
  assert.deepEqual(
    new Set(outputs.map(({ type }) => type)),
    new Set(["stream", "execute_result", "display_data", "error"]),
  );
  assert.equal(outputs.filter(({ type }) => type === "error").length, 1);
});
