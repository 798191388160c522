/**
 * Undoes a step.
 *
 * @module
 */

import { events } from "../../../src/notebook/schema/mod.ts";
import { positionBetween } from "../store/position_between.ts";
import type { CellRow } from "../store/queries.ts";
import { mergeTexts } from "../store/text_changes.ts";
import { asCellType, type EditedCells, isShown, toggled } from "./edited_cells.ts";
import { outputsToRestore } from "./kept_outputs.ts";
import type { UndoStep } from "./undo_stack.ts";

/**
 * Undoes a step as far as that is still possible.
 *
 * @returns the id of a cell that came back or changed, or of the neighbour of cells that were removed
 */
export function undoStep(cells: EditedCells, step: UndoStep): string | undefined {
  const { notebook, drafts } = cells;
  switch (step.kind) {
    case "deleted":
      step.stop();
      addAgain(cells, step.cell, step.index);
      cells.commit(outputsToRestore(step.outputs, notebook));
      return step.cell.id;
    case "outputs":
      cells.commit(outputsToRestore(step.outputs, notebook));
      return undefined;
    case "added": {
      const [cell] = cells.rowsOf([step.id]);
      const isAsAdded = cell !== undefined && cell.executionCount === null && cells.textOf(cell) === step.text;
      if (!isAsAdded) return cell?.id;
      const index = cells.all.findIndex(({ id }) => id === step.id);
      const beside = cells.all[index - 1] ?? cells.all[index + 1];
      cells.commit([events.cellDeleted({ id: step.id })]);
      return beside?.id;
    }
    case "text":
      return turnBack(cells, step.id, step.after, step.before);
    case "split": {
      const still = step.parts.flatMap((part) => {
        const [cell] = cells.rowsOf([part.id]);
        return cell === undefined ? [] : [{ cell, text: cells.textOf(cell) + part.gap }];
      });
      for (const { cell: { id } } of still) drafts.flush(id);
      cells.commit(still.flatMap(({ cell: { id } }) => [...cells.cancellations(id), events.cellDeleted({ id })]));
      return turnBack(cells, step.id, step.after, still.map(({ text }) => text).join("") + step.after);
    }
    case "type":
      cells.commit(
        cells.rowsOf([step.id]).map(({ id }) => events.cellTypeChanged({ id, cellType: asCellType(step.cellType) })),
      );
      return step.id;
    case "moved": {
      const here = new Set(cells.all.map(({ id }) => id));
      cells.commit(step.places.filter(({ id }) => here.has(id)).map((place) => events.cellMoved2(place)));
      return undefined;
    }
    case "visibility":
      cells.commit(cells.rowsOf([step.id]).map(({ id }) => toggled(id, step.part, step.isVisible)));
      return step.id;
  }
}

/** Reverts a change in the current text. */
function turnBack(cells: EditedCells, id: string, after: string, before: string): string | undefined {
  const [cell] = cells.rowsOf([id]);
  if (cell === undefined) return undefined;
  cells.drafts.set(id, mergeTexts(after, cells.textOf(cell), before));
  cells.commit(cells.sourceEvents(cell));
  return id;
}

/** Adds a cell again under its own id, so that it appears once even if others bring it back, too. */
function addAgain(cells: EditedCells, { id, source, cellType, ...cell }: CellRow, index: number): void {
  const { all } = cells;
  if (all.some((cell) => cell.id === id)) return;
  const { fractionalIndex, moved } = positionBetween(all, Math.min(index, all.length));
  cells.commit([
    ...moved.map((cell) => events.cellMoved2(cell)),
    events.cellCreated2({
      id,
      fractionalIndex,
      cellType: asCellType(cellType),
      createdBy: cells.userId,
    }),
    cells.sourceChanged(id, source),
    ...(["source", "output"] as const).filter((part) => !isShown(cell, part)).map((part) => toggled(id, part, false)),
  ]);
}
