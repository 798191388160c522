/**
 * The event that marks a restart in the notebook.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import { HISTORY_RESET_KEY } from "../../../src/notebook/history_reset.ts";
import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";

const Value = Schema.Array(Schema.Struct({ value: Schema.Number }));

/** Makes the event that marks all runs so far as forgotten. */
export function restarted(notebook: NotebookStore): NotebookEvent {
  const [{ value }] = notebook.select({
    query: "SELECT COALESCE(MAX(ordinal), 0) AS value FROM aipythonExecutions",
    schema: Value,
    queriedTables: new Set(["aipythonExecutions"]),
  });
  return events.notebookMetadataSet({ key: HISTORY_RESET_KEY, value: String(value) });
}
