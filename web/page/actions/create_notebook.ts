/**
 * Makes a notebook on the server, fills it, and goes to it.
 *
 * @module
 */

import { api, type Site } from "../api/api.ts";
import { fillNotebook, type NotebookContents } from "../file/fill_notebook.ts";
import { goTo, notebookPath } from "../navigation/use_location.ts";
import { handOver, NotebookSession } from "../store/notebook_session.ts";

/** How long the sync server may take to store a new notebook, in milliseconds. A file of 50 MB takes it some 15 s. */
const STORE_TIMEOUT_MS = 60_000;

/**
 * Makes a notebook with these contents, and goes to it. It is put on the list once the sync server has stored all of it.
 *
 * @throws {ApiError} when the server does not take it
 * @throws Error When it is not stored in time
 */
export async function createNotebook(contents: NotebookContents, { userId }: Site): Promise<void> {
  const { id } = await api.createNotebook(contents.title);
  const session = new NotebookSession(id);
  const late = new AbortController();
  const timer = setTimeout(() => {
    late.abort(new Error("The notebook was not made: its contents were not stored in time. Is the disk full?"));
    void session.leave();
  }, STORE_TIMEOUT_MS);
  try {
    const notebook = await session.notebook;
    fillNotebook(notebook, id, contents, userId);
    await notebook.settled(late.signal);
    await api.changeNotebook(id, { cells: contents.cells.length });
  } catch (error) {
    void session.leave();
    await api.removeNotebook(id).catch(() => {});
    throw late.signal.aborted ? late.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
  handOver(id, session);
  goTo(notebookPath(id));
}
