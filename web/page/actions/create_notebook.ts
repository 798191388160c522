/**
 * Creates a notebook on the server and fills it.
 *
 * @module
 */

import { api, type Site } from "../api/api.ts";
import type { Upload } from "../file/artifact_content.ts";
import { fillNotebook, type NotebookContents } from "../file/fill_notebook.ts";
import { NotebookSession } from "../store/notebook_session.ts";

/** How long the sync server may take to store the next portion of a new notebook, in milliseconds. */
const STORE_TIMEOUT_MS = 60_000;

/** A notebook that is stored and on the list, still open. */
export interface CreatedNotebook {
  id: string;
  session: NotebookSession;
}

/**
 * Creates a notebook with these contents. It is listed once the sync server has stored all of it.
 *
 * @param onSaved called with the number of cells stored so far
 * @throws {ApiError} if the server refuses the notebook
 * @throws {Error} if the notebook is not stored in time
 */
export async function createNotebook(
  contents: NotebookContents,
  { userId }: Site,
  onSaved: (cells: number) => void = () => {},
): Promise<CreatedNotebook> {
  const { id } = await api.createNotebook(contents.title);
  const session = new NotebookSession(id);
  const late = new AbortController();
  const expire = () => {
    late.abort(new Error("The notebook was not created: its contents were not stored in time. Is the disk full?"));
    void session.leave();
  };
  let timer = setTimeout(expire, STORE_TIMEOUT_MS);
  const waitOn = () => {
    clearTimeout(timer);
    timer = setTimeout(expire, STORE_TIMEOUT_MS);
  };
  const upload: Upload = (mimeType, bytes) => api.uploadArtifact(id, mimeType, bytes).finally(waitOn);
  const report = (cells: number) => {
    waitOn();
    onSaved(cells);
  };
  try {
    const notebook = await session.notebook;
    await fillNotebook(notebook, id, contents, userId, { upload, onSaved: report, signal: late.signal });
    await notebook.settled(late.signal);
    await api.changeNotebook(id, { cells: contents.cells.length });
  } catch (error) {
    void session.leave();
    await api.removeNotebook(id).catch(() => {});
    throw late.signal.aborted ? late.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
  return { id, session };
}
