/**
 * The events that ask for cells to be run.
 *
 * @module
 */

import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { type CellRow, isBusy } from "../store/queries.ts";

/** Whether a runtime answers a cell of this type: code and AI cells. */
export function isAnswered({ cellType }: Pick<CellRow, "cellType">): boolean {
  return cellType === "code" || cellType === "ai";
}

export function requested(cell: CellRow, requestedBy: string): NotebookEvent {
  return events.executionRequested({ ...newRequest(cell), cellId: cell.id, requestedBy });
}

/** Requests cells as one Run All, which stops at the first failure. Skips cells that contain no code, are empty or already wait. */
export function requestedTogether(cells: readonly CellRow[], requestedBy: string): NotebookEvent[] {
  const cellsInfo = cells.filter(isRunnable).map((cell) => ({ id: cell.id, ...newRequest(cell) }));
  return cellsInfo.length === 0 ? [] : [events.multipleExecutionRequested({ requestedBy, cellsInfo })];
}

/** Requests the same cells separately. A cell that fails does not stop the others. */
export function requestedOneByOne(cells: readonly CellRow[], requestedBy: string): NotebookEvent[] {
  return cells.filter(isRunnable).map((cell) => requested(cell, requestedBy));
}

function isRunnable(cell: CellRow): boolean {
  return cell.cellType === "code" && !isBusy(cell) && cell.source.trim() !== "";
}

/** Creates a request's id and its count. As in the app, that is how often the cell has been requested. */
function newRequest({ executionCount }: CellRow): { queueId: string; executionCount: number } {
  return { queueId: `exec-${Date.now()}-${crypto.randomUUID()}`, executionCount: (executionCount ?? 0) + 1 };
}
