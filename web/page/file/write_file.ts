/**
 * Writes a notebook as an `.ipynb` file.
 *
 * @module
 */

import { writeNotebook } from "../../../src/nbformat/write_notebook.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { readOpenNotebook } from "./read_open_notebook.ts";
import type { MarkedNotebook } from "./simulated_marks.ts";

export async function writeFile(notebook: NotebookStore, title: string): Promise<string> {
  return fileText(await readOpenNotebook(notebook, title));
}

export function fileText(notebook: MarkedNotebook): string {
  return writeNotebook(notebook, () => crypto.randomUUID()).text;
}
