/**
 * Copies a listed notebook.
 *
 * @module
 */

import { readQuestions } from "../file/ai_cells.ts";
import type { NotebookContents } from "../file/fill_notebook.ts";
import { readOpenNotebook } from "../file/read_open_notebook.ts";
import { NotebookSession } from "../store/notebook_session.ts";

/**
 * Reads what a copy of a notebook contains: cells, outputs, metadata and attachments, as in a download.
 *
 * @param titles the titles in use
 * @throws {Error} if the notebook cannot be opened
 */
export async function duplicateContents(
  { id, title }: { id: string; title: string },
  titles: readonly string[],
): Promise<NotebookContents> {
  const session = new NotebookSession(id);
  session.onConnection((connection) => {
    // Another attempt would wait for a server that may never come back.
    if (connection.state !== "connected") void session.leave();
  });
  try {
    const notebook = await session.notebook.catch(() => {
      throw new Error(`“${title}” was not duplicated: it cannot be opened. Is the command still running?`);
    });
    const { cells, metadata, missing } = await readOpenNotebook(notebook, title);
    return {
      title: copyTitle(title, titles),
      cells: readQuestions(cells),
      metadata,
      notes: [...new Set(missing)].map((part) => `the server did not return ${part}`),
    };
  } finally {
    void session.leave();
  }
}

/** Returns `Title (copy)`, or `Title (copy 2)` and so on if that is in use. */
export function copyTitle(title: string, taken: readonly string[]): string {
  const base = title.replace(/ \(copy(?: \d+)?\)$/, "");
  for (let number = 1;; number++) {
    const copy = `${base} (copy${number === 1 ? "" : ` ${number}`})`;
    if (!taken.includes(copy)) return copy;
  }
}
