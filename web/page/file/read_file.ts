/**
 * Notebook files as contents for a new notebook: a person's own, and the server's examples.
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

/** What ends the name of a file that can be opened. */
const ENDING = /\.(?:ipynb|py)$/i;

/** Whether a file can be opened as a notebook, by its name. */
export function isNotebookFile({ name }: Pick<File, "name">): boolean {
  return ENDING.test(name);
}

/**
 * Reads a file that a person has chosen: a notebook, or Python with or without marks of cells.
 *
 * @throws {EncodingError} when it is not text in UTF-8
 * @throws {NotebookFileError} when it is not a notebook, or one in another language than Python
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
    throw new NotebookFileError(`this notebook is in ${language}, and only Python is answered here`);
  }
  return { title: titleFor(file, title), cells: readQuestions(cells), metadata, notes };
}

function titleFor({ name }: File, title: NotebookFile["title"]): string {
  return title === "Untitled" ? name.replace(ENDING, "") : title;
}

/** An example, without its outputs: it is there to be run. */
export async function readExample(name: string): Promise<NotebookContents> {
  const { title, cells, metadata } = readNotebook(await api.example(name));
  return {
    title,
    metadata,
    cells: readQuestions(cells).map(({ executionCount: _, ...cell }) => ({ ...cell, outputs: [] })),
  };
}
