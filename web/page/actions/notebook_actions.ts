/**
 * What a person does to a notebook, as the contract's events.
 *
 * @module
 */

import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { restarted } from "../store/history_reset.ts";
import { positionBetween } from "../store/position_between.ts";
import { SourceLog } from "../store/source_log.ts";
import { type CellRow, cellsInOrder, isBusy, openRequests } from "../store/queries.ts";
import { Drafts } from "./drafts.ts";

/** The kinds of cell that the page makes. */
export type NewCellType = "code" | "markdown";

/** What a deleted cell was, for undo. */
interface DeletedCell {
  cell: CellRow;
  index: number;
}

/** What a person can do. */
export class NotebookActions {
  /** What is being typed. */
  readonly drafts: Drafts;
  readonly #notebook: NotebookStore;
  readonly #userId: string;
  readonly #deleted: DeletedCell[] = [];

  /**
   * @param notebook the notebook that is worked on
   * @param userId who works on it
   * @param sources what has been written into its cells; default: nothing that others have
   */
  constructor(notebook: NotebookStore, userId: string, sources = new SourceLog(userId)) {
    this.#notebook = notebook;
    this.#userId = userId;
    this.drafts = new Drafts({
      sources,
      sourceOf: (id) => this.cells.find((cell) => cell.id === id)?.source ?? "",
      commit: (id, texts) => this.#commit(...texts.map((text) => this.#sourceChanged(id, text))),
    });
  }

  /** All cells, in order. */
  get cells(): readonly CellRow[] {
    return this.#notebook.query(cellsInOrder);
  }

  /** Gives the notebook another title. */
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

  /** Deletes a cell; a run of it is given up first. */
  deleteCell(id: string): void {
    const { cells } = this;
    const index = cells.findIndex((cell) => cell.id === id);
    if (index === -1) return;
    const source = this.drafts.read(id) ?? cells[index].source;
    this.drafts.forget(id);
    this.#deleted.push({ cell: { ...cells[index], source }, index });
    this.#commit(...this.#cancellations(id), events.cellDeleted({ id }));
  }

  /** Brings the cell that was deleted last back, without its outputs, and returns its id. */
  undoDelete(): string | undefined {
    const last = this.#deleted.pop();
    if (last === undefined) return undefined;
    const type = last.cell.cellType === "markdown" ? "markdown" : "code";
    return this.addCell(Math.min(last.index, this.cells.length), type, last.cell.source);
  }

  /** Moves a cell up (-1) or down (1). */
  moveCell(id: string, by: -1 | 1): void {
    const { cells } = this;
    const index = cells.findIndex((cell) => cell.id === id);
    const target = index + by;
    if (index === -1 || target < 0 || target >= cells.length) return;
    const { fractionalIndex, moved } = positionBetween(cells.filter((cell) => cell.id !== id), target);
    this.#commit(...[...moved, { id, fractionalIndex }].map((cell) => events.cellMoved2(cell)));
  }

  /** Makes a cell one of code, or of text. */
  setType(id: string, cellType: NewCellType): void {
    this.drafts.flush(id);
    this.#commit(events.cellTypeChanged({ id, cellType }));
  }

  /** Runs a cell as the app's Run button does. Nothing happens to one that waits or runs already. */
  run(id: string): void {
    const cell = this.cells.find((cell) => cell.id === id);
    if (cell === undefined || cell.cellType !== "code" || isBusy(cell)) return this.drafts.flush(id);
    this.#commit(
      ...this.drafts.take(id, cell.source).map((source) => this.#sourceChanged(id, source)),
      events.cellOutputsCleared({ cellId: id, wait: false, clearedBy: this.#userId }),
      events.executionRequested({
        queueId: newQueueId(),
        cellId: id,
        executionCount: nextCount(cell),
        requestedBy: this.#userId,
      }),
    );
  }

  /** Runs all cells of code, from the first to the last. */
  runAll(): void {
    this.drafts.flushAll();
    const cells = this.cells.filter((cell) => cell.cellType === "code" && !isBusy(cell) && cell.source.trim() !== "");
    if (cells.length === 0) return;
    const cellsInfo = cells.map((cell) => ({ id: cell.id, executionCount: nextCount(cell), queueId: newQueueId() }));
    this.#commit(events.multipleExecutionRequested({ requestedBy: this.#userId, cellsInfo }));
  }

  /** Stops a cell that waits or runs. */
  interrupt(cellId: string): void {
    this.#commit(...this.#cancellations(cellId));
  }

  /** Stops everything that waits or runs. */
  interruptAll(): void {
    this.#commit(events.allExecutionsCancelled());
  }

  /** Takes the outputs of a cell away, or those of all. */
  clearOutputs(cellId?: string): void {
    const clearedBy = this.#userId;
    if (cellId === undefined) this.#commit(events.allOutputsCleared({ clearedBy }));
    else this.#commit(events.cellOutputsCleared({ cellId, wait: false, clearedBy }));
  }

  /** Marks a new session: what was run before counts no more. */
  forgetRuns(): void {
    this.#commit(events.allExecutionsCancelled(), restarted(this.#notebook));
  }

  #cancellations(cellId: string): NotebookEvent[] {
    const requests = this.#notebook.query(openRequests).filter((request) => request.cellId === cellId);
    return requests.map(({ id }) =>
      events.executionCancelled({ queueId: id, cellId, cancelledBy: this.#userId, reason: "Stopped by the user" })
    );
  }

  #sourceChanged(id: string, source: string): NotebookEvent {
    return events.cellSourceChanged({ id, source, modifiedBy: this.#userId });
  }

  #commit(...all: NotebookEvent[]): void {
    if (all.length > 0) this.#notebook.commit(...all);
  }
}

/** The count that a request for the cell carries, as in the app: how often the cell has been asked for. */
function nextCount({ executionCount }: CellRow): number {
  return (executionCount ?? 0) + 1;
}

function newQueueId(): string {
  return `exec-${Date.now()}-${crypto.randomUUID()}`;
}
