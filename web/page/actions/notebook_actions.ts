/**
 * The actions of a person on a notebook, as events of the contract.
 *
 * @module
 */

import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import type { Upload } from "../file/artifact_content.ts";
import { refuseUpload } from "../file/fill_notebook.ts";
import { restarted } from "../store/history_reset.ts";
import { positionBetween } from "../store/position_between.ts";
import { SourceLog } from "../store/source_log.ts";
import { type CellRow, cellsInOrder, errorOf, isBusy } from "../store/queries.ts";
import { CellEdits } from "./cell_edits.ts";
import { Drafts } from "./drafts.ts";
import { isAnswered, requested, requestedOneByOne, requestedTogether } from "./execution_requests.ts";
import { fixRequest } from "./fix_request.ts";
import { keepOutputs } from "./kept_outputs.ts";
import { UndoStack } from "./undo_stack.ts";

/** The kinds of cell that the page creates. */
export type NewCellType = "code" | "markdown" | "ai";

export class NotebookActions {
  /** Text that is not committed yet. */
  readonly drafts: Drafts;
  readonly undoable = new UndoStack();
  readonly edits: CellEdits;
  readonly #notebook: NotebookStore;
  readonly #userId: string;

  /**
   * @param sources the log's sources. Default: those of others are not tracked
   * @param upload stores what is too large for an event. Default: such contents are refused
   */
  constructor(
    notebook: NotebookStore,
    userId: string,
    sources = new SourceLog(userId),
    upload: Upload = refuseUpload,
  ) {
    this.#notebook = notebook;
    this.#userId = userId;
    this.drafts = new Drafts({
      sources,
      sourceOf: (id) => this.cells.find((cell) => cell.id === id)?.source ?? "",
      commit: (id, texts) => this.#commit(...texts.map((text) => this.#sourceChanged(id, text))),
    });
    this.edits = new CellEdits({ notebook, userId, drafts: this.drafts, undoable: this.undoable, upload });
  }

  /** All cells, in order. */
  get cells(): readonly CellRow[] {
    return this.#notebook.query(cellsInOrder);
  }

  rename(title: string): void {
    this.#commit(events.notebookTitleChanged({ title }));
  }

  /** Adds an empty cell, and returns its id. */
  addCell(index: number, cellType: NewCellType = "code", source = ""): string {
    const id = `cell-${crypto.randomUUID()}`;
    const { fractionalIndex, moved } = positionBetween(this.cells, index);
    this.#commit(
      ...moved.map((cell) => events.cellMoved2(cell)),
      events.cellCreated2({ id, fractionalIndex, cellType, createdBy: this.#userId }),
      ...source === "" ? [] : [this.#sourceChanged(id, source)],
    );
    return id;
  }

  deleteCell(id: string): void {
    this.edits.remove([id]);
  }

  /**
   * Undoes the last edit of cells, or restores cleared outputs of cells that have not been run since.
   *
   * @returns the id of a cell that came back or changed, or of the neighbour of cells that were removed
   */
  undo(): string | undefined {
    return this.edits.undo();
  }

  /** Moves a cell up (-1) or down (1). */
  moveCell(id: string, by: -1 | 1): void {
    this.edits.move([id], by);
  }

  setType(id: string, cellType: NewCellType): void {
    this.edits.setType([id], cellType);
  }

  /** Runs a cell as the app's Run button does. Does nothing if it already waits or runs. */
  run(id: string): void {
    const cell = this.cells.find((cell) => cell.id === id);
    if (cell === undefined || !isAnswered(cell) || isBusy(cell)) return this.drafts.flush(id);
    const sources = this.drafts.take(id, cell.source);
    if (cell.cellType === "ai" && sources.at(-1)!.trim() === "") return;
    this.#commit(
      ...sources.map((source) => this.#sourceChanged(id, source)),
      events.cellOutputsCleared({ cellId: id, wait: false, clearedBy: this.#userId }),
      requested(cell, this.#userId),
    );
  }

  /**
   * Adds a cell below that asks the AI to fix a cell whose output is an error.
   *
   * @returns the id of the new cell; `undefined` if the cell shows no error
   */
  askToFix(id: string): string | undefined {
    const { cells } = this;
    const index = cells.findIndex((cell) => cell.id === id);
    const [data] = this.#notebook.query(errorOf(id));
    const question = data === undefined ? undefined : fixRequest(data);
    if (index === -1 || question === undefined) return undefined;
    const asked = this.addCell(index + 1, "ai", question);
    this.#commit(requested(this.cells[index + 1], this.#userId));
    return asked;
  }

  runAll(): void {
    this.#commit(...requestedTogether(this.#typedCells(), this.#userId));
  }

  /** Runs these cells until one fails. */
  runCells(ids: readonly string[]): void {
    this.#commit(...requestedTogether(this.#typedCells().filter(({ id }) => ids.includes(id)), this.#userId));
  }

  /** Runs the cells above one until one fails. */
  runAbove(id: string): void {
    this.#commit(...requestedTogether(splitAt(this.#typedCells(), id).above, this.#userId));
  }

  /** Runs a cell and those below it until one fails. */
  runBelow(id: string): void {
    this.#commit(...requestedTogether(splitAt(this.#typedCells(), id).fromHere, this.#userId));
  }

  /** Runs all code cells, even if some fail. */
  runOneByOne(): void {
    this.#commit(...requestedOneByOne(this.#typedCells(), this.#userId));
  }

  /** Stops a cell that waits or runs. */
  interrupt(cellId: string): void {
    this.#commit(...this.edits.cancellations(cellId));
  }

  /** Stops everything that waits or runs. */
  interruptAll(): void {
    this.#commit(events.allExecutionsCancelled());
  }

  /** Clears the outputs of a cell, or of all cells. They can be restored. */
  clearOutputs(cellId?: string): void {
    const clearedBy = this.#userId;
    const outputs = keepOutputs(this.#notebook, cellId);
    if (outputs.rows.length > 0) this.undoable.push({ kind: "outputs", outputs });
    if (cellId === undefined) this.#commit(events.allOutputsCleared({ clearedBy }));
    else this.#commit(events.cellOutputsCleared({ cellId, wait: false, clearedBy }));
  }

  /** Marks the start of a new session, in which earlier runs are forgotten. */
  forgetRuns(): void {
    this.#commit(events.allExecutionsCancelled(), restarted(this.#notebook));
  }

  /** All cells with the latest typed text. */
  #typedCells(): readonly CellRow[] {
    this.drafts.flushAll();
    return this.cells;
  }

  #sourceChanged(id: string, source: string): NotebookEvent {
    return events.cellSourceChanged({ id, source, modifiedBy: this.#userId });
  }

  #commit(...all: NotebookEvent[]): void {
    if (all.length > 0) this.#notebook.commit(...all);
  }
}

/** Splits cells into those above one, and that one with those below. */
function splitAt(cells: readonly CellRow[], id: string): { above: readonly CellRow[]; fromHere: readonly CellRow[] } {
  const index = cells.findIndex((cell) => cell.id === id);
  return index === -1 ? { above: [], fromHere: [] } : { above: cells.slice(0, index), fromHere: cells.slice(index) };
}
