/**
 * Events about runtimes and the execution queue.
 *
 * @module
 */

import { Events, Schema } from "@livestore/livestore";
import { event, optional } from "./event_def.ts";

const { String, Number, Boolean, Date } = Schema;

export const executionEvents = {
  runtimeSessionStarted: event("v1.RuntimeSessionStarted", {
    sessionId: String,
    runtimeId: String,
    runtimeType: String,
    capabilities: Schema.Struct({
      canExecuteCode: Boolean,
      canExecuteSql: Boolean,
      canExecuteAi: Boolean,
      availableAiModels: optional(Schema.Any),
    }),
  }),
  runtimeSessionStatusChanged: event("v1.RuntimeSessionStatusChanged", {
    sessionId: String,
    status: Schema.Literal("ready", "busy", "restarting"),
  }),
  runtimeSessionRenewal: event("v1.RuntimeSessionRenewal", {
    sessionId: String,
    renewedAt: Date,
    validForMs: Number,
  }),
  runtimeSessionTerminated: event("v1.RuntimeSessionTerminated", {
    sessionId: String,
    reason: Schema.Literal("shutdown", "restart", "error", "timeout", "displaced"),
  }),

  executionRequested: event("v1.ExecutionRequested", {
    queueId: String,
    cellId: String,
    executionCount: Number,
    requestedBy: String,
    actorId: optional(String),
  }),
  multipleExecutionRequested: event("v1.MultipleExecutionRequested", {
    requestedBy: String,
    cellsInfo: Schema.Array(Schema.Struct({ id: String, executionCount: Number, queueId: String })),
    actorId: optional(String),
  }),
  executionAssigned: event("v1.ExecutionAssigned", { queueId: String, runtimeSessionId: String }),
  executionStarted: event("v1.ExecutionStarted", {
    queueId: String,
    cellId: String,
    runtimeSessionId: String,
    startedAt: Date,
  }),
  executionCompleted: event("v1.ExecutionCompleted", {
    queueId: String,
    cellId: String,
    status: Schema.Literal("success", "error", "cancelled"),
    error: optional(String),
    completedAt: Date,
    executionDurationMs: Number,
  }),
  executionCancelled: event("v1.ExecutionCancelled", {
    queueId: String,
    cellId: String,
    cancelledBy: String,
    reason: String,
    actorId: optional(String),
  }),
  allExecutionsCancelled: Events.synced({ name: "v1.AllExecutionsCancelled", schema: Schema.Void }),
};
