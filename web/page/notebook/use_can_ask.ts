/**
 * Whether AI cells are answered here.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { abilities } from "../store/queries.ts";
import { useRows } from "../store/use_rows.ts";

/** Asks the active sessions. Returns true while there are none, such as before a runtime has started. */
export function useCanAsk(notebook: NotebookStore): boolean {
  const rows: readonly (Readonly<Record<string, unknown>> | null)[] = useRows(notebook, abilities);
  return rows.length === 0 || rows.some((ability) => ability?.canExecuteAi === true);
}
