/**
 * Finds out whether another runtime has taken over a notebook.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import type { NotebookStore } from "./notebook_store.ts";
import type { Successor } from "./runtime_session.ts";

/**
 * Finds the runtime that has taken over a notebook.
 *
 * @param runtimeId the id of the runtime that has served the notebook; it stays the same over restarts
 * @returns the runtime of the newest session that began after the last one of this runtime, even if it is over. `undefined` if there is
 * none, or this runtime has never served the notebook
 */
export function successorOf(runtimeId: string, notebook: Pick<NotebookStore, "select">): Successor | undefined {
  const [successor] = notebook.select({ ...newerSession, bindValues: { runtimeId } });
  return successor;
}

/** Rows of the table are never deleted, so the row ids are in the order of the log. */
const newerSession = {
  query: `SELECT runtimeId, runtimeType FROM runtimeSessions
          WHERE rowid > (SELECT MAX(rowid) FROM runtimeSessions WHERE runtimeId = $runtimeId)
          ORDER BY rowid DESC LIMIT 1`,
  schema: Schema.Array(Schema.Struct({ runtimeId: Schema.String, runtimeType: Schema.String })),
  queriedTables: new Set(["runtimeSessions"]),
};
