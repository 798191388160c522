/**
 * Which runtimes serve the notebook, as far as they say so in it.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { activeSessions } from "../store/answerers.ts";
import { useRows } from "../store/use_rows.ts";

/** The ids of the open sessions: another text once a runtime has come or gone. */
export function useSessions(notebook: NotebookStore): string {
  const sessions: readonly { sessionId: string }[] = useRows(notebook, activeSessions);
  return sessions.map(({ sessionId }) => sessionId).join(" ");
}
