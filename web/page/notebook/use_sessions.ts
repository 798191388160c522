/**
 * The active sessions of runtimes in the notebook.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { activeSessions } from "../store/answerers.ts";
import { useRows } from "../store/use_rows.ts";

/** Returns the ids of the active sessions as one text, which changes when a runtime starts or ends. */
export function useSessions(notebook: NotebookStore): string {
  const sessions: readonly { sessionId: string }[] = useRows(notebook, activeSessions);
  return sessions.map(({ sessionId }) => sessionId).join(" ");
}
