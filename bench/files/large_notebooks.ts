/**
 * The notebooks that `bench:files` runs: a large one and a long one.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { FileCell } from "../../src/nbformat/notebook_file.ts";
import { writeNotebook } from "../../src/nbformat/write_notebook.ts";

/**
 * The number of cells of the large notebook, and the recorded outputs of each: lines of text and the base64 of a
 * picture.
 */
const LARGE_CELLS = 100;
const LINES = 1_000;
const PICTURE_CHARACTERS = 250_000;

/** The text of a notebook of 30 MB, most of it recorded outputs. */
export function largeNotebook(): string {
  const text = Array.from({ length: LINES }, (_, line) => `line ${line} of what a loop has printed\n`).join("");
  const outputs: CellOutput[] = [
    { type: "stream", name: "stdout", text },
    { type: "display_data", data: { "image/png": "iVBORw0KGgo".padEnd(PICTURE_CHARACTERS, "A") }, metadata: {} },
  ];
  return written(Array.from({ length: LARGE_CELLS }, (_, index) => cell(index, outputs)));
}

/** The text of a notebook of many small cells. */
export function longNotebook(cells: number): string {
  return written(Array.from({ length: cells }, (_, index) => cell(index, [])));
}

function cell(index: number, outputs: CellOutput[]): FileCell {
  return { type: "code", source: `x${index} = ${index}\nprint(x${index} * 2)`, metadata: {}, outputs };
}

function written(cells: FileCell[]): string {
  let ids = 0;
  return writeNotebook({ metadata: {}, cells }, () => `cell-${++ids}`).text;
}
