/**
 * Saves an open notebook as a file, or prints it, including uncommitted text.
 *
 * @module
 */

import { writePythonScript } from "../../../src/nbformat/write_python_script.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { NotebookActions } from "../actions/notebook_actions.ts";
import { partOfQuestion } from "../file/ai_cells.ts";
import { type OpenNotebookFile, readOpenNotebook } from "../file/read_open_notebook.ts";
import { type FileKind, saveFile } from "../file/save_file.ts";
import { simulatorsOf } from "../file/simulated_marks.ts";
import { fileText } from "../file/write_file.ts";
import { htmlFile } from "./html_file.ts";
import { printHtml } from "./print_html.ts";

export type Export = FileKind | "print";

/**
 * Saves or prints the notebook through the browser.
 *
 * @param title determines the file's name
 * @returns a sentence on what is missing; `undefined` if nothing is
 */
export async function saveNotebook(
  kind: Export,
  notebook: NotebookStore,
  actions: NotebookActions,
  title: string,
): Promise<string | undefined> {
  actions.drafts.flushAll();
  const file = await readOpenNotebook(notebook, title);
  if (kind === "print") await printHtml(await htmlFile(file));
  else {saveFile(
      title,
      kind,
      kind === "ipynb" ? fileText(file) : kind === "html" ? await htmlFile(file) : scriptOf(file),
    );}
  if (file.missing.length === 0) return undefined;
  return `The server did not return everything: the file is missing ${
    [...new Set(file.missing)].join(", ")
  }. Try again.`;
}

function scriptOf(file: OpenNotebookFile): string {
  const simulators = simulatorsOf(file);
  const note = simulators === undefined
    ? ""
    : `the outputs of this notebook were made up by ${simulators}; no code was executed.`;
  // A script contains no outputs, and so no answers.
  return writePythonScript(file.cells.filter((cell) => partOfQuestion(cell) !== "answer"), note);
}
