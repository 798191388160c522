/**
 * The changes to the tables for events about the notebook and its cells.
 *
 * @module
 */

import { State } from "@livestore/livestore";
import { cellEvents } from "./cell_events.ts";
import { statement } from "./statement.ts";
import { tables } from "./tables.ts";

const { cells, debug, notebookMetadata, files, presence, actors, toolApprovals } = tables;

/** Converts the number of a cell in the first version of the events, counted from 0, to the index that the web app gives it. */
const fractionalIndexOf = (position: number) => `a${Math.floor(position).toString(36)}`;

const setMetadata = (key: string, value: string) =>
  notebookMetadata.insert({ key, value }).onConflict("key", "update", { value });

/** Records the artifact to which a file name refers from now on. Executions that have begun keep the earlier one. */
const rememberUpload = (file: { fileName: string; artifactId: string; mimeType: string }) =>
  statement(
    ["aipythonFileChanges"],
    `INSERT INTO aipythonFileChanges (ordinal, fileName, artifactId, mimeType, isDeleted)
     SELECT COALESCE(MAX(ordinal), 0) + 1, $fileName, $artifactId, $mimeType, 0 FROM aipythonFileChanges`,
    file,
  );

/** Records that a file was deleted, if there was one with that name. Must come before the change of the file's row. */
const rememberDeletion = (fileName: string) =>
  statement(
    ["aipythonFileChanges"],
    `INSERT INTO aipythonFileChanges (ordinal, fileName, artifactId, mimeType, isDeleted)
     SELECT (SELECT MAX(ordinal) FROM aipythonFileChanges) + 1, fileName, artifactId, mimeType, 1
     FROM files WHERE fileName = $fileName AND deletedAt IS NULL`,
    { fileName },
  );

export const cellMaterializers = State.SQLite.materializers(cellEvents, {
  "v1.Debug": ({ id }) => debug.insert({ id }).onConflict("id", "ignore"),

  "v1.NotebookInitialized": ({ title, ownerId }) => [setMetadata("title", title), setMetadata("ownerId", ownerId)],
  "v1.NotebookTitleChanged": ({ title }) => setMetadata("title", title),
  "v1.NotebookMetadataSet": ({ key, value }) => setMetadata(key, value),

  "v1.FileUploaded": ({ fileName, artifactId, mimeType, createdAt, createdBy, fileUrl }) => {
    const file = { artifactId, mimeType, createdAt, createdBy, fileUrl: fileUrl ?? null, deletedAt: null };
    return [
      files.insert({ fileName, ...file }).onConflict("fileName", "update", file),
      rememberUpload({ fileName, artifactId, mimeType }),
    ];
  },
  "v1.FileDeleted": ({ fileName }) => [rememberDeletion(fileName), files.delete().where({ fileName })],
  "v2.FileDeleted": ({ fileName, deletedAt }) => [
    rememberDeletion(fileName),
    files.update({ deletedAt }).where({ fileName }),
  ],

  "v1.CellCreated": ({ id, cellType, position, createdBy }) =>
    cells.insert({ id, cellType, createdBy, fractionalIndex: fractionalIndexOf(position) }).onConflict("id", "ignore"),
  "v2.CellCreated": ({ id, cellType, fractionalIndex, createdBy }) =>
    cells.insert({ id, cellType, createdBy, fractionalIndex }).onConflict("id", "ignore"),
  "v1.CellSourceChanged": ({ id, source }) => cells.update({ source }).where({ id }),
  "v1.CellTypeChanged": ({ id, cellType }) => cells.update({ cellType }).where({ id }),
  "v1.CellDeleted": ({ id }) => cells.delete().where({ id }),
  "v1.CellMoved": ({ id, newPosition }) =>
    cells.update({ fractionalIndex: fractionalIndexOf(newPosition) }).where({ id }),
  "v2.CellMoved": ({ id, fractionalIndex }) => cells.update({ fractionalIndex }).where({ id }),
  "v1.CellSourceVisibilityToggled": ({ id, sourceVisible }) => cells.update({ sourceVisible }).where({ id }),
  "v1.CellOutputVisibilityToggled": ({ id, outputVisible }) => cells.update({ outputVisible }).where({ id }),
  "v1.CellAiContextVisibilityToggled": ({ id, aiContextVisible }) => cells.update({ aiContextVisible }).where({ id }),

  "v1.AiSettingsChanged": ({ cellId, provider, model, settings }) =>
    cells.update({ aiProvider: provider, aiModel: model, aiSettings: settings }).where({ id: cellId }),
  "v1.SqlConnectionChanged": ({ cellId, connectionId }) =>
    cells.update({ sqlConnectionId: connectionId ?? null }).where({ id: cellId }),
  "v1.SqlResultVariableChanged": ({ cellId, resultVariable }) =>
    cells.update({ sqlResultVariable: resultVariable ?? null }).where({ id: cellId }),

  "v1.PresenceSet": ({ userId, cellId = null }) =>
    presence.insert({ userId, cellId }).onConflict("userId", "update", { cellId }),
  "v1.ActorProfileSet": ({ id, type, displayName, avatar = null }) =>
    actors.insert({ id, type, displayName, avatar }).onConflict("id", "update", { type, displayName, avatar }),
  "v1.ToolApprovalRequested": ({ toolCallId, cellId, toolName, arguments: args, requestedAt }) =>
    toolApprovals
      .insert({ toolCallId, cellId, toolName, arguments: args, requestedAt })
      .onConflict("toolCallId", "ignore"),
  "v1.ToolApprovalResponded": ({ toolCallId, status, approvedBy, respondedAt }) =>
    toolApprovals.update({ status, approvedBy, respondedAt }).where({ toolCallId }),
});
