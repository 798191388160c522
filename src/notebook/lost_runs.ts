/**
 * Counts the runs of a request in which the runtime was lost: sessions that began it, did not end it, and did not say goodbye.
 *
 * A session says goodbye when it ends itself (`shutdown`, `restart`). It also does so after another client has ended it: a runtime that is
 * displaced while it runs a cell, as in a rolling deployment, is still alive. A runtime that was killed or that hangs does not. The times
 * of renewals cannot distinguish the two, because a killed runtime is usually restarted long before its last renewal expires.
 *
 * A displaced runtime does not deliver its pending outputs, because they would be mixed with those of its successor. In that case its
 * goodbye may be missing, too.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";

/** A request with this many lost runs is not begun again. One may be chance; a third would probably end the next runtime, too. */
export const MAX_LOST_RUNS = 2;

/** Counts the runs of a request by other sessions that are over and did not say goodbye. */
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

/** Selects the requests that a session has begun and that have not ended. */
export function openRunsOf(sessionId: string) {
  return {
    query: `SELECT queueId FROM aipythonBegins
            WHERE sessionId = $sessionId AND queueId NOT IN (SELECT queueId FROM aipythonEndedRequests)`,
    schema: Schema.Array(Schema.Struct({ queueId: Schema.String })),
    queriedTables: new Set(["aipythonBegins", "aipythonEndedRequests"]),
    bindValues: { sessionId },
  };
}
