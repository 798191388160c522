/**
 * Reads contents for a new notebook: from a file, or from one of the server's examples.
 *
 * @module
 */

import { decodeText } from "../../../src/decode_text.ts";
import { type NotebookFile, NotebookFileError } from "../../../src/nbformat/notebook_file.ts";
import { foreignLanguage } from "../../../src/nbformat/notebook_language.ts";
import { readPythonScript } from "../../../src/nbformat/python_script.ts";
import { readNotebook } from "../../../src/nbformat/read_notebook.ts";
import { api } from "../api/api.ts";
import { readQuestions } from "./ai_cells.ts";
import type { NotebookContents } from "./fill_notebook.ts";

/** The file extensions that can be opened. */
const ENDING = /\.(?:ipynb|py)$/i;

export function isNotebookFile({ name }: Pick<File, "name">): boolean {
  return ENDING.test(name);
}

/**
 * Reads a file that a person has chosen: a notebook, or Python with or without cell markers.
 *
 * @throws {EncodingError} if the file is not UTF-8
 * @throws {NotebookFileError} if the file is not a notebook, or one in another language than Python
 */
export async function readFile(file: File): Promise<NotebookContents> {
  const text = decodeText(new Uint8Array(await file.arrayBuffer()));
  if (/\.py$/i.test(file.name)) {
    const { cells, notes, title } = readPythonScript(text);
    return { title: titleFor(file, title), cells: readQuestions(cells), notes };
  }
  const { title, cells, metadata, notes } = readNotebook(text);
  const language = foreignLanguage(metadata);
  if (language !== undefined) {
    throw new NotebookFileError(`this notebook is in ${language}, but only Python is supported here`);
  }
  return { title: titleFor(file, title), cells: readQuestions(cells), metadata, notes };
}

function titleFor({ name }: File, title: NotebookFile["title"]): string {
  return title === "Untitled" ? name.replace(ENDING, "") : title;
}

/** Reads an example without its outputs, because it is meant to be run. */
export async function readExample(name: string): Promise<NotebookContents> {
  const { title, cells, metadata } = readNotebook(await api.example(name));
  return {
    title,
    metadata,
    cells: readQuestions(cells).map(({ executionCount: _, ...cell }) => ({ ...cell, outputs: [] })),
  };
}
