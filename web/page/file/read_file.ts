/**
 * Notebook files as contents for a new notebook: a person's own, and the server's examples.
 *
 * @module
 */

import { decodeText } from "../../../src/decode_text.ts";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { api } from "../api/api.ts";
import type { NotebookContents } from "./fill_notebook.ts";

/**
 * Reads a file that a person has chosen.
 *
 * @throws {EncodingError} when it is not text in UTF-8
 * @throws {NotebookFileError} when it is not a notebook
 */
export async function readFile(file: File): Promise<NotebookContents> {
  const { title, cells } = readNotebook(decodeText(new Uint8Array(await file.arrayBuffer())));
  return { title: title === "Untitled" ? file.name.replace(/\.ipynb$/i, "") : title, cells };
}

/** An example, without its outputs: it is there to be run. */
export async function readExample(name: string): Promise<NotebookContents> {
  const { title, cells } = readNotebook(await api.example(name));
  return { title, cells: cells.map((cell) => ({ ...cell, outputs: [] })) };
}
