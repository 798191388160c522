/**
 * The events that ask for cells to be run.
 *
 * @module
 */

import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { type CellRow, isBusy } from "../store/queries.ts";

/** Whether a cell of this type is answered by a runtime: code is, and a question to the AI. */
export function isAnswered({ cellType }: Pick<CellRow, "cellType">): boolean {
  return cellType === "code" || cellType === "ai";
}

/** Asks for one cell. */
export function requested(cell: CellRow, requestedBy: string): NotebookEvent {
  return events.executionRequested({ ...newRequest(cell), cellId: cell.id, requestedBy });
}

/** Asks for cells as one Run All, which stops where one of them fails. Cells that are no code, are empty or wait already are left out. */
export function requestedTogether(cells: readonly CellRow[], requestedBy: string): NotebookEvent[] {
  const cellsInfo = cells.filter(isRunnable).map((cell) => ({ id: cell.id, ...newRequest(cell) }));
  return cellsInfo.length === 0 ? [] : [events.multipleExecutionRequested({ requestedBy, cellsInfo })];
}

/** Asks for the same cells, each by itself: a cell that fails keeps no other from being run. */
export function requestedOneByOne(cells: readonly CellRow[], requestedBy: string): NotebookEvent[] {
  return cells.filter(isRunnable).map((cell) => requested(cell, requestedBy));
}

function isRunnable(cell: CellRow): boolean {
  return cell.cellType === "code" && !isBusy(cell) && cell.source.trim() !== "";
}

/** A request's id, and the count that it carries, as in the app: how often the cell has been asked for. */
function newRequest({ executionCount }: CellRow): { queueId: string; executionCount: number } {
  return { queueId: `exec-${Date.now()}-${crypto.randomUUID()}`, executionCount: (executionCount ?? 0) + 1 };
}
