/**
 * The tables of a notebook. Materializers fill them from the events.
 *
 * @module
 */

import { Schema, State } from "@livestore/livestore";
import { Representations } from "./media.ts";

const { table, text, integer, real, boolean, datetime, json } = State.SQLite;

const nullable = { nullable: true } as const;
const key = { primaryKey: true } as const;
const shown = { default: true } as const;

const jsonOf = <A, I>(schema: Schema.Schema<A, I>) => json({ nullable: true, schema });
const record = Schema.Record({ key: Schema.String, value: Schema.Any });

/** The tables of the contract, and five local ones. The SQL names of local tables and columns begin with `aipython`. */
export const tables = {
  debug: table({ name: "debug", columns: { id: text(key) } }),

  notebookMetadata: table({
    name: "notebookMetadata",
    columns: { key: text(key), value: text({}) },
  }),

  cells: table({
    name: "cells",
    columns: {
      id: text(key),
      cellType: text({}),
      source: text({ default: "" }),
      fractionalIndex: text(nullable),
      executionCount: integer(nullable),
      executionState: text({ default: "idle" }),
      assignedRuntimeSession: text(nullable),
      lastExecutionDurationMs: integer(nullable),
      sqlConnectionId: text(nullable),
      sqlResultVariable: text(nullable),
      aiProvider: text(nullable),
      aiModel: text(nullable),
      aiSettings: jsonOf(record),
      sourceVisible: boolean(shown),
      outputVisible: boolean(shown),
      aiContextVisible: boolean(shown),
      createdBy: text({}),
    },
    indexes: [{ name: "idx_cells_fractionalIndex", columns: ["fractionalIndex"] }],
  }),

  outputs: table({
    name: "outputs",
    columns: {
      id: text(key),
      cellId: text({}),
      outputType: text({}),
      position: real({}),
      streamName: text(nullable),
      executionCount: integer(nullable),
      displayId: text(nullable),
      data: text(nullable),
      artifactId: text(nullable),
      mimeType: text(nullable),
      metadata: jsonOf(record),
      representations: jsonOf(Representations),
    },
    indexes: [
      { name: "idx_outputs_cellId", columns: ["cellId"] },
      { name: "idx_outputs_displayId", columns: ["displayId"] },
    ],
  }),

  outputDeltas: table({
    name: "output_deltas",
    columns: { id: text(key), outputId: text({}), delta: text({}), sequenceNumber: integer({}) },
    indexes: [{ name: "idx_output_deltas_outputId", columns: ["outputId"] }],
  }),

  pendingClears: table({ name: "pendingClears", columns: { cellId: text(key), clearedBy: text({}) } }),

  executionQueue: table({
    name: "executionQueue",
    columns: {
      id: text(key),
      cellId: text({}),
      executionCount: integer({}),
      requestedBy: text({}),
      status: text({ default: "pending" }),
      assignedRuntimeSession: text(nullable),
      startedAt: datetime(nullable),
      completedAt: datetime(nullable),
      executionDurationMs: integer(nullable),
      /** The common id of the requests of one Run All: the id of the first. `null` for a request that was made separately. */
      aipythonGroup: text(nullable),
    },
    indexes: [
      { name: "idx_executionQueue_status", columns: ["status"] },
      { name: "idx_executionQueue_aipythonGroup", columns: ["aipythonGroup"] },
    ],
  }),

  runtimeSessions: table({
    name: "runtimeSessions",
    columns: {
      sessionId: text(key),
      runtimeId: text({}),
      runtimeType: text({}),
      status: text({ default: "starting" }),
      isActive: boolean({ default: true }),
      capabilities: jsonOf(record),
      lastRenewedAt: datetime(nullable),
      expiresAt: datetime(nullable),
      terminatedReason: text(nullable),
    },
    indexes: [{ name: "idx_runtimeSessions_isActive", columns: ["isActive"] }],
  }),

  files: table({
    name: "files",
    columns: {
      fileName: text(key),
      artifactId: text({}),
      mimeType: text({}),
      createdAt: datetime({}),
      createdBy: text({}),
      fileUrl: text(nullable),
      deletedAt: datetime(nullable),
    },
  }),

  presence: table({ name: "presence", columns: { userId: text(key), cellId: text(nullable) } }),

  actors: table({
    name: "actors",
    columns: { id: text(key), type: text({}), displayName: text({}), avatar: text(nullable) },
  }),

  toolApprovals: table({
    name: "toolApprovals",
    columns: {
      toolCallId: text(key),
      cellId: text({}),
      toolName: text({}),
      arguments: jsonOf(Schema.Any),
      status: text({ default: "pending" }),
      requestedAt: datetime({}),
      approvedBy: text(nullable),
      respondedAt: datetime(nullable),
    },
  }),

  /**
   * The requests that have ended, and their results. The status in the queue is not reliable, because a late claim overwrites it.
   * `wasInterrupted` is true if a person has cancelled the request while it was executed.
   */
  endedRequests: table({
    name: "aipythonEndedRequests",
    columns: { queueId: text(key), endedAs: text({}), wasInterrupted: boolean({ default: false }) },
  }),

  /**
   * The sessions that have begun each request. `saidGoodbye` is true if the session reported its own end, which it does even after
   * another client has ended it if it is still alive.
   */
  begins: table({
    name: "aipythonBegins",
    columns: { queueId: text(key), sessionId: text(key), saidGoodbye: boolean({ default: false }) },
    indexes: [{ name: "idx_aipythonBegins_sessionId", columns: ["sessionId"] }],
  }),

  /**
   * The executions, with the type and the source of the cell at that time. `ordinal` is the order in which requests were first started.
   * `executionCount` is the `n` of `In [n]` in the session; it is null for a cell that is not code. A request that another runtime
   * starts again keeps both. `startOfCell` counts all starts of the cell; its outputs belong to the last one. `fileChanges` is the
   * ordinal of the last change of a file before the last start, which determines the files that the cell sees.
   */
  executions: table({
    name: "aipythonExecutions",
    columns: {
      queueId: text(key),
      ordinal: integer({}),
      cellId: text({}),
      cellType: text({}),
      startOfCell: integer({}),
      executionCount: integer(nullable),
      source: text({}),
      status: text({ default: "executing" }),
      fileChanges: integer({ default: 0 }),
    },
    indexes: [
      { name: "idx_aipythonExecutions_ordinal", columns: ["ordinal"] },
      { name: "idx_aipythonExecutions_cellId", columns: ["cellId", "startOfCell"] },
    ],
  }),

  /**
   * All changes of files, in the order of the log from 1: the artifact to which a name referred from then on. If `isDeleted`, the file was
   * deleted, and the artifact is the one that it had until then.
   */
  fileChanges: table({
    name: "aipythonFileChanges",
    columns: {
      ordinal: integer(key),
      fileName: text({}),
      artifactId: text({}),
      mimeType: text({}),
      isDeleted: boolean({ default: false }),
    },
    indexes: [{ name: "idx_aipythonFileChanges_fileName", columns: ["fileName", "ordinal"] }],
  }),

  /** The outputs of each execution. They are kept when the cell is cleared, run again or deleted. */
  executionOutputs: table({
    name: "aipythonExecutionOutputs",
    columns: {
      id: text(key),
      queueId: text({}),
      outputType: text({}),
      position: real({}),
      streamName: text(nullable),
      data: text(nullable),
      displayId: text(nullable),
      representations: jsonOf(Representations),
    },
    indexes: [
      { name: "idx_aipythonExecutionOutputs_queueId", columns: ["queueId"] },
      { name: "idx_aipythonExecutionOutputs_displayId", columns: ["displayId"] },
    ],
  }),
};
