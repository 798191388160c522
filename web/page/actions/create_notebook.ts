/**
 * Makes a notebook on the server, fills it, and goes to it.
 *
 * @module
 */

import { api, type Site } from "../api/api.ts";
import { fillNotebook, type NotebookContents } from "../file/fill_notebook.ts";
import { goTo, notebookPath } from "../navigation/use_location.ts";
import { handOver, NotebookSession } from "../store/notebook_session.ts";

/**
 * Makes a notebook with these contents, and goes to it.
 *
 * @throws {ApiError} when the server does not take it
 */
export async function createNotebook(contents: NotebookContents, { userId }: Site): Promise<void> {
  const { id } = await api.createNotebook(contents.title);
  const session = new NotebookSession(id);
  fillNotebook(await session.notebook, id, contents, userId);
  handOver(id, session);
  goTo(notebookPath(id));
  await api.changeNotebook(id, { cells: contents.cells.length });
}
