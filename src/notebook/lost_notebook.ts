/**
 * Whether a notebook that a runtime has served was taken over by another one since.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import type { NotebookStore } from "./notebook_store.ts";
import type { Successor } from "./runtime_session.ts";

/**
 * Looks for the runtime that has taken a notebook over.
 *
 * @param runtimeId the runtime that has served it, by the id that stays the same over its starts
 * @returns the newest runtime that has begun a session after the last one of this runtime, also where its session is over;
 * `undefined` where there is none, or this runtime has never served the notebook
 */
export function successorOf(runtimeId: string, notebook: Pick<NotebookStore, "select">): Successor | undefined {
  const [successor] = notebook.select({ ...newerSession, bindValues: { runtimeId } });
  return successor;
}

/** The table's rows are never deleted, so their row ids are in the order of the log. */
const newerSession = {
  query: `SELECT runtimeId, runtimeType FROM runtimeSessions
          WHERE rowid > (SELECT MAX(rowid) FROM runtimeSessions WHERE runtimeId = $runtimeId)
          ORDER BY rowid DESC LIMIT 1`,
  schema: Schema.Array(Schema.Struct({ runtimeId: Schema.String, runtimeType: Schema.String })),
  queriedTables: new Set(["runtimeSessions"]),
};
