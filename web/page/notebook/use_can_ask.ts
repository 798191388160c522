/**
 * Whether questions to the AI are answered here.
 *
 * @module
 */

import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { abilities } from "../store/queries.ts";
import { useRows } from "../store/use_rows.ts";

/** Asks the sessions that are open. While there is none, as before a runtime has started, questions may be asked. */
export function useCanAsk(notebook: NotebookStore): boolean {
  const rows: readonly (Readonly<Record<string, unknown>> | null)[] = useRows(notebook, abilities);
  return rows.length === 0 || rows.some((ability) => ability?.canExecuteAi === true);
}
