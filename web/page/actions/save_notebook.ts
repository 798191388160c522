/**
 * Saves an open notebook as a file, with what was typed last.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { saveFile } from "../file/save_file.ts";
import { writeFile } from "../file/write_file.ts";
import type { NotebookActions } from "./notebook_actions.ts";

/**
 * Lets the browser save the notebook as an `.ipynb` file.
 *
 * @param title the notebook's title, of which the file's name is made
 */
export async function saveNotebook(notebook: NotebookStore, actions: NotebookActions, title: string): Promise<void> {
  actions.drafts.flushAll();
  saveFile(title, await writeFile(notebook, title));
}
