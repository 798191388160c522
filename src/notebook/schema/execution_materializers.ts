/**
 * The changes to the tables for events about runtimes and the execution queue.
 *
 * @module
 */

import { State } from "@livestore/livestore";
import { lastRunBeforeReset } from "../history_reset.ts";
import { toDate, toInteger } from "./column_value.ts";
import { executionEvents } from "./execution_events.ts";
import { statement } from "./statement.ts";
import { tables } from "./tables.ts";

const { begins, cells, endedRequests, executionQueue, executions, runtimeSessions } = tables;

interface Requested {
  queueId: string;
  cellId: string;
  executionCount: number;
  requestedBy: string;
}

const enqueue = (request: Requested, aipythonGroup: string | null) => {
  const { queueId, cellId, requestedBy } = request;
  const executionCount = toInteger(request.executionCount);
  return [
    executionQueue
      .insert({ id: queueId, cellId, executionCount, requestedBy, aipythonGroup })
      .onConflict("id", "ignore"),
    cells.update({ executionState: "queued", executionCount }).where({ id: cellId }),
  ];
};

/** Records that a request has ended, because a late claim may set the status of its row back to "assigned". */
const end = (queueId: string, endedAs: "completed" | "failed") =>
  endedRequests.insert({ queueId, endedAs }).onConflict("queueId", "ignore");

/** The reasons with which a runtime ends its own session. No client uses them for another's session. */
const GOODBYES: readonly string[] = ["shutdown", "restart"];

const isRuntime = (actor: string) => actor.startsWith("runtime-");

/** The number of an execution, as an SQL expression: one more than the last one since the reset. The request's own count is ignored. */
const nextNumber = `1 + COALESCE(
    (SELECT executionCount FROM aipythonExecutions
     WHERE ordinal > ${lastRunBeforeReset} AND executionCount IS NOT NULL ORDER BY ordinal DESC LIMIT 1), 0)`;

/** A completed execution keeps its status in `executions` even if its request is cancelled later, because its outputs are complete. */
export const executionMaterializers = State.SQLite.materializers(executionEvents, {
  "v1.RuntimeSessionStarted": ({ sessionId, runtimeId, runtimeType, capabilities }) =>
    runtimeSessions.insert({ sessionId, runtimeId, runtimeType, capabilities }).onConflict("sessionId", "ignore"),
  "v1.RuntimeSessionStatusChanged": ({ sessionId, status }) => runtimeSessions.update({ status }).where({ sessionId }),
  "v1.RuntimeSessionRenewal": ({ sessionId, renewedAt, validForMs }) =>
    runtimeSessions
      .update({ lastRenewedAt: renewedAt, expiresAt: toDate(renewedAt.getTime() + validForMs) })
      .where({ sessionId }),
  "v1.RuntimeSessionTerminated": ({ sessionId, reason }) => [
    runtimeSessions.update({ status: "terminated", isActive: false, terminatedReason: reason }).where({ sessionId }),
    ...(GOODBYES.includes(reason) ? [begins.update({ saidGoodbye: true }).where({ sessionId })] : []),
  ],

  "v1.ExecutionRequested": (request) => enqueue(request, null),
  "v1.MultipleExecutionRequested": ({ requestedBy, cellsInfo }) =>
    cellsInfo.flatMap(({ id, executionCount, queueId }) =>
      enqueue({ queueId, cellId: id, executionCount, requestedBy }, cellsInfo[0].queueId)
    ),

  "v1.ExecutionAssigned": ({ queueId, runtimeSessionId }) =>
    executionQueue.update({ status: "assigned", assignedRuntimeSession: runtimeSessionId }).where({ id: queueId }),

  "v1.ExecutionStarted": ({ queueId, cellId, runtimeSessionId, startedAt }) => [
    executionQueue
      .update({ status: "executing", assignedRuntimeSession: runtimeSessionId, startedAt })
      .where({ id: queueId }),
    cells.update({ executionState: "running", assignedRuntimeSession: runtimeSessionId }).where({ id: cellId }),
    statement(
      ["aipythonExecutions"],
      `INSERT INTO aipythonExecutions (queueId, ordinal, cellId, cellType, startOfCell, executionCount, source, status,
                                       fileChanges)
       SELECT queue.id, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM aipythonExecutions), cells.id, cells.cellType,
              (SELECT COALESCE(MAX(startOfCell), 0) + 1 FROM aipythonExecutions WHERE cellId = cells.id),
              CASE cells.cellType WHEN 'code' THEN ${nextNumber} END, cells.source, 'executing',
              (SELECT COALESCE(MAX(ordinal), 0) FROM aipythonFileChanges)
       FROM executionQueue AS queue JOIN cells ON cells.id = queue.cellId
       WHERE queue.id = $queueId
       ON CONFLICT (queueId) DO UPDATE
       SET cellType = excluded.cellType, startOfCell = excluded.startOfCell, source = excluded.source, status = excluded.status,
           fileChanges = excluded.fileChanges,
           executionCount = CASE excluded.cellType WHEN 'code' THEN COALESCE(executionCount, excluded.executionCount) END`,
      { queueId },
    ),
    statement(["aipythonExecutionOutputs"], `DELETE FROM aipythonExecutionOutputs WHERE queueId = $queueId`, {
      queueId,
    }),
    begins.insert({ queueId, sessionId: runtimeSessionId }).onConflict(["queueId", "sessionId"], "ignore"),
  ],

  "v1.ExecutionCompleted": ({ queueId, cellId, status, completedAt, executionDurationMs }) => {
    const durationMs = toInteger(executionDurationMs);
    const succeeded = status === "success";
    return [
      executionQueue
        .update({ status: succeeded ? "completed" : "failed", completedAt, executionDurationMs: durationMs })
        .where({ id: queueId }),
      cells
        .update({ executionState: succeeded ? "completed" : "error", lastExecutionDurationMs: durationMs })
        .where({ id: cellId }),
      executions.update({ status: succeeded ? "completed" : "failed" }).where({ queueId }),
      end(queueId, succeeded ? "completed" : "failed"),
    ];
  },

  "v1.ExecutionCancelled": ({ queueId, cellId, cancelledBy }) => [
    statement(
      ["aipythonEndedRequests"],
      `INSERT OR IGNORE INTO aipythonEndedRequests (queueId, endedAs, wasInterrupted)
       SELECT $queueId, 'cancelled',
              $byPerson AND EXISTS (SELECT 1 FROM executionQueue WHERE id = $queueId AND status = 'executing')`,
      { queueId, byPerson: isRuntime(cancelledBy) ? 0 : 1 },
    ),
    executionQueue.update({ status: "cancelled" }).where({ id: queueId }),
    cells.update({ executionState: "idle" }).where({ id: cellId }),
    executions.update({ status: "cancelled" }).where({ queueId, status: "executing" }),
  ],

  "v1.AllExecutionsCancelled": () => [
    statement(
      ["aipythonEndedRequests"],
      `INSERT OR IGNORE INTO aipythonEndedRequests (queueId, endedAs, wasInterrupted)
       SELECT id, 'cancelled', status = 'executing' FROM executionQueue WHERE status IN ('pending', 'assigned', 'executing')`,
    ),
    statement(
      ["aipythonExecutions"],
      `UPDATE aipythonExecutions SET status = 'cancelled' WHERE status = 'executing' AND queueId IN
       (SELECT id FROM executionQueue WHERE status IN ('pending', 'assigned', 'executing'))`,
    ),
    executionQueue
      .update({ status: "cancelled" })
      .where({ status: { op: "IN", value: ["pending", "assigned", "executing"] } }),
    cells.update({ executionState: "idle" }).where({ executionState: { op: "IN", value: ["queued", "running"] } }),
  ],
});
