/**
 * Which requests cost one runtime after the other: begun, and never ended, by sessions that did not say goodbye.
 *
 * A session has said goodbye when it has ended itself (`shutdown`, `restart`), also after another client has ended it: a runtime that is
 * displaced while it runs a cell, as in a rolling deployment, is still there to say so. One that was killed or that hangs is not. The
 * times of renewals do not tell the two apart: a killed runtime is started again long before its last renewal expires.
 * A displaced runtime whose outputs are still on their way is not waited for, because they would stand among those of its successor; its
 * goodbye may be missing then.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";

/** After so many lost runs a request is not begun again: one may be chance, and a third would cost the next runtime, too. */
export const MOST_LOST_RUNS = 2;

/** How often a request was begun by sessions that are over, other than the given one, and that did not say goodbye. */
export function lostRunsOf(queueId: string, sessionId: string) {
  return {
    query: `SELECT COUNT(*) AS count FROM aipythonBegins AS run
            WHERE run.queueId = $queueId AND run.sessionId <> $sessionId AND run.saidGoodbye = 0
              AND run.sessionId NOT IN (SELECT sessionId FROM runtimeSessions WHERE isActive = 1)`,
    schema: Schema.Array(Schema.Struct({ count: Schema.Number })),
    queriedTables: new Set(["aipythonBegins", "runtimeSessions"]),
    bindValues: { queueId, sessionId },
  };
}

/** The requests that a session has begun and that have not ended. */
export function openRunsOf(sessionId: string) {
  return {
    query: `SELECT queueId FROM aipythonBegins
            WHERE sessionId = $sessionId AND queueId NOT IN (SELECT queueId FROM aipythonEndedRequests)`,
    schema: Schema.Array(Schema.Struct({ queueId: Schema.String })),
    queriedTables: new Set(["aipythonBegins", "aipythonEndedRequests"]),
    bindValues: { sessionId },
  };
}
