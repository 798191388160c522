/**
 * Events about the notebook and its cells. Most of them are committed by people's clients.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import { event, optional } from "./event_def.ts";

/** The content of a cell. Runtimes execute `code` cells and answer `ai` cells. */
export const CellType = Schema.Literal("code", "markdown", "sql", "ai", "raw");

const { String, Number, Boolean, Date } = Schema;
const actorId = optional(String);

export const cellEvents = {
  debug: event("v1.Debug", { id: String }),

  notebookInitialized: event("v1.NotebookInitialized", { id: String, title: String, ownerId: String }),
  notebookTitleChanged: event("v1.NotebookTitleChanged", { title: String, actorId }),
  notebookMetadataSet: event("v1.NotebookMetadataSet", { key: String, value: String }),

  fileUploaded: event("v1.FileUploaded", {
    artifactId: String,
    mimeType: String,
    fileName: String,
    createdAt: Date,
    createdBy: String,
    fileUrl: optional(String),
  }),
  fileDeleted1: event("v1.FileDeleted", { fileName: String }),
  fileDeleted2: event("v2.FileDeleted", { fileName: String, deletedAt: Date }),

  cellCreated1: event("v1.CellCreated", {
    id: String,
    cellType: CellType,
    position: Number,
    createdBy: String,
    actorId,
  }),
  cellCreated2: event("v2.CellCreated", {
    id: String,
    fractionalIndex: String,
    cellType: CellType,
    createdBy: String,
    actorId,
  }),
  cellSourceChanged: event("v1.CellSourceChanged", { id: String, source: String, modifiedBy: String, actorId }),
  cellTypeChanged: event("v1.CellTypeChanged", { id: String, cellType: CellType, actorId }),
  cellDeleted: event("v1.CellDeleted", { id: String, actorId }),
  cellMoved1: event("v1.CellMoved", { id: String, newPosition: Number, actorId }),
  cellMoved2: event("v2.CellMoved", { id: String, fractionalIndex: String, actorId }),
  cellSourceVisibilityToggled: event("v1.CellSourceVisibilityToggled", { id: String, sourceVisible: Boolean, actorId }),
  cellOutputVisibilityToggled: event("v1.CellOutputVisibilityToggled", { id: String, outputVisible: Boolean, actorId }),
  cellAiContextVisibilityToggled: event("v1.CellAiContextVisibilityToggled", {
    id: String,
    aiContextVisible: Boolean,
    actorId,
  }),

  aiSettingsChanged: event("v1.AiSettingsChanged", {
    cellId: String,
    provider: String,
    model: String,
    settings: Schema.Struct({
      temperature: optional(Number),
      maxTokens: optional(Number),
      systemPrompt: optional(String),
    }),
  }),
  sqlConnectionChanged: event("v1.SqlConnectionChanged", {
    cellId: String,
    connectionId: optional(String),
    changedBy: String,
  }),
  sqlResultVariableChanged: event("v1.SqlResultVariableChanged", {
    cellId: String,
    resultVariable: optional(String),
    changedBy: String,
  }),

  presenceSet: event("v1.PresenceSet", { userId: String, cellId: optional(String) }),
  actorProfileSet: event("v1.ActorProfileSet", {
    id: String,
    type: Schema.Literal("human", "runtime_agent"),
    displayName: String,
    avatar: optional(String),
  }),
  toolApprovalRequested: event("v1.ToolApprovalRequested", {
    toolCallId: String,
    cellId: String,
    toolName: String,
    arguments: Schema.Any,
    requestedAt: Date,
  }),
  toolApprovalResponded: event("v1.ToolApprovalResponded", {
    toolCallId: String,
    status: Schema.Literal("approved_once", "approved_always", "denied"),
    approvedBy: String,
    respondedAt: Date,
  }),
};
