/**
 * Edits of several cells at once, as events of the contract. Each can be undone.
 *
 * @module
 */

import type { PageCell } from "../file/ai_cells.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import type { CellType } from "../../../src/notebook/schema/cell_events.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { cellContents, cellCreation } from "../file/place_cell.ts";
import { Portion } from "../file/portion.ts";
import { positionBetween, positionsBetween } from "../store/position_between.ts";
import { mergeTexts } from "../store/text_changes.ts";
import { type CopiedCells, copyCells, type CopyReport, readCopied } from "./cell_clipboard.ts";
import { asCellType, EditedCells, type EditedNotebook, isShown, newCellId, toggled } from "./edited_cells.ts";
import { mergeCells } from "./merge_cells.ts";
import { splitCell } from "./split_cell.ts";
import { undoStep } from "./undo_step.ts";
import type { CellPart, Undoable, UndoStep } from "./undo_stack.ts";

/** Each edit ignores cells that no longer exist. */
export class CellEdits {
  readonly #cells: EditedCells;

  constructor(edited: EditedNotebook) {
    this.#cells = new EditedCells(edited);
  }

  /** Deletes cells. Their runs are cancelled first. */
  remove(ids: readonly string[]): void {
    const { notebook, drafts, undoable } = this.#cells;
    const steps = this.#cells.rowsOf(ids).map((cell) => this.#cells.deletion(cell));
    for (const { cell: { id } } of steps) drafts.flush(id);
    undoable.push(...steps);
    const gone = steps.map(({ cell: { id } }) => id);
    if (gone.length > 0) {
      notebook.commit(...gone.flatMap((id) => [...this.#cells.cancellations(id), events.cellDeleted({ id })]));
    }
  }

  /** Moves adjacent cells up (-1) or down (1) by one. */
  move(ids: readonly string[], by: -1 | 1): void {
    const block = this.#cells.rowsOf(ids);
    const before = this.#cells.all;
    const edge = before.findIndex(({ id }) => id === block.at(by < 0 ? 0 : -1)?.id) + by;
    if (block.length === 0 || before[edge] === undefined) return;
    for (const { id } of by < 0 ? block : block.toReversed()) {
      const others = this.#cells.all.filter((cell) => cell.id !== id);
      const target = this.#cells.all.findIndex((cell) => cell.id === id) + by;
      const { fractionalIndex, moved } = positionBetween(others, target);
      this.#cells.commit([...moved, { id, fractionalIndex }].map((cell) => events.cellMoved2(cell)));
    }
    const now = new Map(this.#cells.all.map(({ id, fractionalIndex }) => [id, fractionalIndex]));
    const places = before.flatMap(({ id, fractionalIndex }) =>
      fractionalIndex === null || now.get(id) === fractionalIndex ? [] : [{ id, fractionalIndex }]
    );
    this.#cells.undoable.push({ kind: "moved", places });
  }

  setType(ids: readonly string[], cellType: typeof CellType.Type): void {
    const others = this.#cells.rowsOf(ids).filter((cell) => cell.cellType !== cellType);
    for (const { id } of others) this.#cells.drafts.flush(id);
    this.#cells.commit(others.map(({ id }) => events.cellTypeChanged({ id, cellType })));
    this.#cells.undoable.push(...others.map(({ id, cellType }): UndoStep => ({ kind: "type", id, cellType })));
  }

  setVisible(ids: readonly string[], part: CellPart, isVisible: boolean): void {
    const others = this.#cells.rowsOf(ids).filter((cell) => isShown(cell, part) !== isVisible);
    this.#cells.commit(others.map(({ id }) => toggled(id, part, isVisible)));
    this.#cells.undoable.push(
      ...others.map(({ id }): UndoStep => ({ kind: "visibility", id, part, isVisible: !isVisible })),
    );
  }

  /**
   * Merges adjacent cells into the first one.
   *
   * @returns the reason the cells were not merged; `undefined` if they were
   */
  merge(ids: readonly string[]): string | undefined {
    return mergeCells(this.#cells, ids);
  }

  /**
   * Splits a cell at one place, or at both ends of a selection.
   *
   * @returns whether there was anything to split
   */
  split(id: string, from: number, to = from): boolean {
    return splitCell(this.#cells, id, from, to);
  }

  /**
   * Adds copied cells under new ids.
   *
   * @returns the ids of the new cells, and a promise that resolves when their outputs are there and rejects if an
   *   output cannot be stored
   */
  paste(copied: CopiedCells, index: number): { ids: string[]; filled: Promise<void> } {
    const { undoable, userId } = this.#cells;
    const cells = readCopied(copied);
    const all = this.#cells.all;
    const { fractionalIndexes, moved } = positionsBetween(all, Math.min(index, all.length), cells.length);
    const ids = cells.map(() => newCellId());
    this.#cells.commit([
      ...moved.map((cell) => events.cellMoved2(cell)),
      ...cells.flatMap((cell, number) =>
        cellCreation(cell, {
          cellId: ids[number],
          fractionalIndex: fractionalIndexes[number],
          createdBy: userId,
          cellType: asCellType(copied.types[number] ?? cell.type),
        })
      ),
    ]);
    undoable.push(...cells.map(({ source }, number): UndoStep => ({ kind: "added", id: ids[number], text: source })));
    return { ids, filled: this.#fill(cells, ids) };
  }

  /** Copies cells for `paste`. */
  copy(ids: readonly string[]): Promise<CopyReport> {
    for (const id of ids) this.#cells.drafts.flush(id);
    return copyCells(this.#cells.notebook, new Set(ids));
  }

  /** Replaces the texts of cells. What others type meanwhile is merged into them. */
  replaceTexts(changes: readonly { id: string; before: string; after: string }[]): void {
    const { drafts, undoable } = this.#cells;
    const rows = new Map(this.#cells.all.map((cell) => [cell.id, cell]));
    const changed = changes.filter(({ id, before, after }) => rows.has(id) && before !== after);
    for (const { id, before, after } of changed) {
      drafts.set(id, mergeTexts(before, this.#cells.textOf(rows.get(id)!), after));
    }
    this.#cells.commit(changed.flatMap(({ id }) => this.#cells.sourceEvents(rows.get(id)!)));
    undoable.push(...changed.map((change): UndoStep => ({ kind: "text", ...change })));
  }

  /**
   * Undoes the last edit.
   *
   * @returns the id of a cell that came back or changed, or of the neighbour of cells that were removed
   */
  undo(): string | undefined {
    const steps: Undoable = this.#cells.undoable.pop() ?? [];
    const ids = steps.flatMap((step) => undoStep(this.#cells, step) ?? []);
    return ids.at(-1);
  }

  /** Returns the events that cancel a cell's waiting or running requests. */
  cancellations(cellId: string): NotebookEvent[] {
    return this.#cells.cancellations(cellId);
  }

  async #fill(cells: readonly PageCell[], ids: readonly string[]): Promise<void> {
    const portion = new Portion(this.#cells.notebook);
    for (const [number, cell] of cells.entries()) {
      for await (const event of cellContents(cell, ids[number], this.#cells.upload)) {
        if (portion.isFull) await portion.save();
        portion.add(event);
      }
    }
    portion.commit();
  }
}
