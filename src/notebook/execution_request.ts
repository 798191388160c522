/**
 * Queries of the execution queue: the request to serve next, and the state of a request.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";

const RequestRow = Schema.Struct({
  id: Schema.String,
  cellId: Schema.String,
  executionCount: Schema.Number,
  requestedBy: Schema.String,
});

/** The columns of a request that serving it needs. */
export type RequestRow = typeof RequestRow.Type;

/**
 * Selects the request to serve next: the oldest that is new, or that was claimed by a runtime whose session is over. Rows of the queue are
 * never deleted, so the row ids are in the order of insertion.
 */
export const nextRequest = {
  query: `SELECT id, cellId, executionCount, requestedBy FROM executionQueue
            WHERE (status = 'pending'
                   OR (status IN ('assigned', 'executing')
                       AND COALESCE(assignedRuntimeSession, '') NOT IN
                           (SELECT sessionId FROM runtimeSessions WHERE isActive = 1)))
              AND id NOT IN (SELECT queueId FROM aipythonEndedRequests)
            ORDER BY rowid LIMIT 1`,
  schema: Schema.Array(RequestRow),
  queriedTables: new Set(["executionQueue", "runtimeSessions", "aipythonEndedRequests"]),
};

const State = Schema.Struct({
  status: Schema.String,
  sessionId: Schema.NullOr(Schema.String),
  hasCell: Schema.BooleanFromUnknown,
  endedAs: Schema.NullOr(Schema.Literal("completed", "failed", "cancelled")),
});

/** Selects the state of a request, from which it follows whether it is still ours. */
export function requestState(queueId: string) {
  return {
    query:
      `SELECT queue.status, queue.assignedRuntimeSession AS sessionId, cells.id IS NOT NULL AS hasCell, ended.endedAs
            FROM executionQueue AS queue
            LEFT JOIN cells ON cells.id = queue.cellId
            LEFT JOIN aipythonEndedRequests AS ended ON ended.queueId = queue.id
            WHERE queue.id = $queueId`,
    schema: Schema.Array(State),
    queriedTables: new Set(["executionQueue", "cells", "aipythonEndedRequests"]),
    bindValues: { queueId },
  };
}

/** Selects a cell's requests that have not ended. */
export function openRequestsOf(cellId: string) {
  return {
    query: `SELECT id, cellId, executionCount, requestedBy FROM executionQueue
            WHERE cellId = $cellId AND status IN ('pending', 'assigned', 'executing')
              AND id NOT IN (SELECT queueId FROM aipythonEndedRequests)`,
    schema: Schema.Array(RequestRow),
    queriedTables: new Set(["executionQueue", "aipythonEndedRequests"]),
    bindValues: { cellId },
  };
}
