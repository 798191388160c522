/**
 * The page's queries of a notebook's tables.
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

export function isBusy({ executionState }: Pick<CellRow, "executionState">): boolean {
  return executionState === "queued" || executionState === "running";
}

/** The requests that have not ended. */
export const openRequests = tables.executionQueue
  .select("id", "cellId", "status", "startedAt")
  .where({ status: { op: "IN", value: ["pending", "assigned", "executing"] } });

export const servingSessions = tables.runtimeSessions
  .select("sessionId")
  .where({ isActive: true, status: { op: "IN", value: ["ready", "busy"] } });

export type RequestRow = Pick<typeof tables.executionQueue.rowSchema.Type, "id" | "cellId" | "status" | "startedAt">;

/**
 * The number of a cell's last execution, the `n` of its `In [n]` and `Out[n]`, in a list of one. `null` if the cell was not code
 * then; an empty list if it never started. The cell's own `executionCount` counts its requests.
 */
export const numberOf = (cellId: string) =>
  tables.executions.select("executionCount").where({ cellId }).orderBy("startOfCell", "desc").limit(1);

/** A cell's outputs, in order. */
export const outputsOf = (cellId: string) => tables.outputs.where({ cellId }).orderBy("position", "asc");

/** The data of a cell's first error, JSON from its event, in a list of one. */
export const errorOf = (cellId: string) =>
  tables.outputs.select("data").where({ cellId, outputType: "error" }).orderBy("position", "asc").limit(1);

/** The texts appended to outputs, in order. */
export const deltasOf = (outputIds: readonly string[]) =>
  tables.outputDeltas.where({ outputId: { op: "IN", value: [...outputIds] } }).orderBy("sequenceNumber", "asc");

export type DeltaRow = typeof tables.outputDeltas.rowSchema.Type;

/** The capabilities of runtimes with an active session. */
export const abilities = tables.runtimeSessions.select("capabilities").where({ isActive: true });

/** The files that are not deleted, newest first. */
export const files = tables.files.where({ deletedAt: null }).orderBy([
  { col: "createdAt", direction: "desc" },
  { col: "fileName", direction: "asc" },
]);

export type FileRow = typeof tables.files.rowSchema.Type;

export const allOutputs = tables.outputs.orderBy([{ col: "cellId", direction: "asc" }, {
  col: "position",
  direction: "asc",
}]);

export type OutputRow = typeof tables.outputs.rowSchema.Type;

/** The notebook's title, in a list of one. */
export const metadata = tables.notebookMetadata.select("key", "value").where({ key: "title" });

/** The notebook's metadata under a key, in a list of one. */
export const keptUnder = (key: string) => tables.notebookMetadata.select("key", "value").where({ key });
