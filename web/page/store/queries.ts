/**
 * What the page reads from a notebook's tables.
 *
 * @module
 */

import { tables } from "../../../src/notebook/schema/mod.ts";

/** All cells, in order. */
export const cellsInOrder = tables.cells
  .select(
    "id",
    "cellType",
    "source",
    "fractionalIndex",
    "executionCount",
    "executionState",
    "lastExecutionDurationMs",
    "sourceVisible",
    "outputVisible",
  )
  .orderBy([{ col: "fractionalIndex", direction: "asc" }, { col: "id", direction: "asc" }]);

/** A cell, as far as the page shows it. */
export type CellRow = Pick<
  typeof tables.cells.rowSchema.Type,
  | "id"
  | "cellType"
  | "source"
  | "fractionalIndex"
  | "executionCount"
  | "executionState"
  | "lastExecutionDurationMs"
  | "sourceVisible"
  | "outputVisible"
>;

/** Whether a cell waits or runs. */
export function isBusy({ executionState }: Pick<CellRow, "executionState">): boolean {
  return executionState === "queued" || executionState === "running";
}

/** The requests that have not ended. */
export const openRequests = tables.executionQueue
  .select("id", "cellId", "status", "startedAt")
  .where({ status: { op: "IN", value: ["pending", "assigned", "executing"] } });

/** The runtimes' sessions that have not ended and serve cells. */
export const servingSessions = tables.runtimeSessions
  .select("sessionId")
  .where({ isActive: true, status: { op: "IN", value: ["ready", "busy"] } });

/** A request that has not ended. */
export type RequestRow = Pick<typeof tables.executionQueue.rowSchema.Type, "id" | "cellId" | "status" | "startedAt">;

/**
 * The number of a cell's last execution, the `n` of its `In [n]` and `Out[n]`, as a list of one; `null` if it was not code
 * then, and an empty list if it never began. The cell's own `executionCount` counts its requests.
 */
export const numberOf = (cellId: string) =>
  tables.executions.select("executionCount").where({ cellId }).orderBy("startOfCell", "desc").limit(1);

/** A cell's outputs, in order. */
export const outputsOf = (cellId: string) => tables.outputs.where({ cellId }).orderBy("position", "asc");

/** The first error under a cell, as its event has it in JSON; a list of one. */
export const errorOf = (cellId: string) =>
  tables.outputs.select("data").where({ cellId, outputType: "error" }).orderBy("position", "asc").limit(1);

/** What was appended to outputs, in order. */
export const deltasOf = (outputIds: readonly string[]) =>
  tables.outputDeltas.where({ outputId: { op: "IN", value: [...outputIds] } }).orderBy("sequenceNumber", "asc");

/** A piece that was appended to an output. */
export type DeltaRow = typeof tables.outputDeltas.rowSchema.Type;

/** What the runtimes can do whose sessions have not ended. */
export const abilities = tables.runtimeSessions.select("capabilities").where({ isActive: true });

/** The files that are there, the newest first. */
export const files = tables.files.where({ deletedAt: null }).orderBy([
  { col: "createdAt", direction: "desc" },
  { col: "fileName", direction: "asc" },
]);

/** A file of the notebook. */
export type FileRow = typeof tables.files.rowSchema.Type;

/** The outputs of all cells. */
export const allOutputs = tables.outputs.orderBy([{ col: "cellId", direction: "asc" }, {
  col: "position",
  direction: "asc",
}]);

/** An output, as it stands in the notebook. */
export type OutputRow = typeof tables.outputs.rowSchema.Type;

/** The notebook's title, as a list of one. */
export const metadata = tables.notebookMetadata.select("key", "value").where({ key: "title" });

/** What the notebook keeps under a key, as a list of one. */
export const keptUnder = (key: string) => tables.notebookMetadata.select("key", "value").where({ key });
