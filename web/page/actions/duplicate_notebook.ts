/**
 * A copy of a notebook that is on the list.
 *
 * @module
 */

import { readQuestions } from "../file/ai_cells.ts";
import type { NotebookContents } from "../file/fill_notebook.ts";
import { readOpenNotebook } from "../file/read_open_notebook.ts";
import { NotebookSession } from "../store/notebook_session.ts";

/**
 * Reads a notebook for a copy: its cells, outputs, metadata and attachments, as a download has them.
 *
 * @param titles those that are taken
 * @throws Error When the notebook cannot be opened
 */
export async function duplicateContents(
  { id, title }: { id: string; title: string },
  titles: readonly string[],
): Promise<NotebookContents> {
  const session = new NotebookSession(id);
  session.onConnection((connection) => {
    // Another attempt would wait for a server that may be gone for good.
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
      notes: [...new Set(missing)].map((part) => `the server did not give ${part}`),
    };
  } finally {
    void session.leave();
  }
}

/** `Title (copy)`, or `Title (copy 2)` and so on where that is taken. */
export function copyTitle(title: string, taken: readonly string[]): string {
  const base = title.replace(/ \(copy(?: \d+)?\)$/, "");
  for (let number = 1;; number++) {
    const copy = `${base} (copy${number === 1 ? "" : ` ${number}`})`;
    if (!taken.includes(copy)) return copy;
  }
}
