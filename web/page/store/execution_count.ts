/**
 * The `n` of the next `In [n]`.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import { HISTORY_RESET_KEY, lastRunBeforeReset } from "../../../src/notebook/history_reset.ts";
import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";

const Value = Schema.Array(Schema.Struct({ value: Schema.Number }));

/** The count that comes next; it begins with 1 when the runtime has been restarted. */
export function nextExecutionCount(notebook: NotebookStore): number {
  const [{ value }] = notebook.select({
    query: `SELECT COALESCE(MAX(MAX(queue.executionCount, COALESCE(run.executionCount, 0))), 0) + 1 AS value
            FROM executionQueue AS queue
            LEFT JOIN aipythonExecutions AS run ON run.queueId = queue.id
            LEFT JOIN cells ON cells.id = queue.cellId
            WHERE COALESCE(run.cellType, cells.cellType, 'code') = 'code'
              AND CASE WHEN run.ordinal IS NULL THEN queue.status <> 'cancelled' ELSE run.ordinal > ${lastRunBeforeReset} END`,
    schema: Value,
    queriedTables: new Set(["executionQueue", "aipythonExecutions", "cells", "notebookMetadata"]),
  });
  return value;
}

/** Says in the notebook that what was run so far is to be forgotten. */
export function restarted(notebook: NotebookStore): NotebookEvent {
  const [{ value }] = notebook.select({
    query: "SELECT COALESCE(MAX(ordinal), 0) AS value FROM aipythonExecutions",
    schema: Value,
    queriedTables: new Set(["aipythonExecutions"]),
  });
  return events.notebookMetadataSet({ key: HISTORY_RESET_KEY, value: String(value) });
}
