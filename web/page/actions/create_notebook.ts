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
  const deadline = AbortSignal.timeout(STORE_TIMEOUT_MS);
  const giveUp = () => void session.leave();
  deadline.addEventListener("abort", giveUp);
  try {
    const notebook = await session.notebook;
    fillNotebook(notebook, id, contents, userId);
    await notebook.settled(deadline);
    await api.changeNotebook(id, { cells: contents.cells.length });
  } catch (error) {
    giveUp();
    await api.removeNotebook(id).catch(() => {});
    if (!deadline.aborted) throw error;
    throw new Error("The notebook was not made, because its contents were not stored in time. Is the disk full?");
  } finally {
    deadline.removeEventListener("abort", giveUp);
  }
  handOver(id, session);
  goTo(notebookPath(id));
}
