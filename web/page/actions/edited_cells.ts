/**
 * The cells of a notebook with what is being typed into them.
 *
 * @module
 */

import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { CellType } from "../../../src/notebook/schema/cell_events.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import type { Upload } from "../file/artifact_content.ts";
import { type CellRow, cellsInOrder, openRequests } from "../store/queries.ts";
import type { Drafts } from "./drafts.ts";
import { keepOutputs } from "./kept_outputs.ts";
import type { CellPart, UndoStack, UndoStep } from "./undo_stack.ts";

export interface EditedNotebook {
  notebook: NotebookStore;
  userId: string;
  drafts: Drafts;
  undoable: UndoStack;
  /** Stores what is too large for an event. */
  upload: Upload;
}

/** The cells, and the events of edits. */
export class EditedCells {
  readonly notebook: NotebookStore;
  readonly userId: string;
  readonly drafts: Drafts;
  readonly undoable: UndoStack;
  readonly upload: Upload;

  constructor({ notebook, userId, drafts, undoable, upload }: EditedNotebook) {
    this.notebook = notebook;
    this.userId = userId;
    this.drafts = drafts;
    this.undoable = undoable;
    this.upload = upload;
  }

  /** All cells, in order. */
  get all(): readonly CellRow[] {
    return this.notebook.query(cellsInOrder);
  }

  /** Returns the cells with these ids that still exist, in order. */
  rowsOf(ids: readonly string[]): CellRow[] {
    return this.all.filter(({ id }) => ids.includes(id));
  }

  /** Returns a cell's text as the editor shows it. */
  textOf({ id, source }: CellRow): string {
    return this.drafts.read(id) ?? source;
  }

  /** Returns the events that commit a cell's text now. */
  sourceEvents({ id, source }: CellRow): NotebookEvent[] {
    return this.drafts.take(id, source).map((text) => this.sourceChanged(id, text));
  }

  sourceChanged(id: string, source: string): NotebookEvent {
    return events.cellSourceChanged({ id, source, modifiedBy: this.userId });
  }

  /** Returns the events that cancel a cell's waiting or running requests. */
  cancellations(cellId: string): NotebookEvent[] {
    const requests = this.notebook.query(openRequests).filter((request) => request.cellId === cellId);
    return requests.map(({ id }) =>
      events.executionCancelled({ queueId: id, cellId, cancelledBy: this.userId, reason: "Stopped by the user" })
    );
  }

  /**
   * Makes the step that undoes the deletion of a cell. It includes what others still write into the cell.
   *
   * @param onText called with the cell's text when others change it
   */
  deletion(cell: CellRow, onText?: (text: string) => void): Extract<UndoStep, { kind: "deleted" }> {
    const kept = { ...cell, source: this.textOf(cell) };
    const stop = this.drafts.follow(cell.id, (text) => {
      kept.source = text;
      onText?.(text);
    });
    const index = this.all.findIndex(({ id }) => id === cell.id);
    return { kind: "deleted", cell: kept, index, outputs: keepOutputs(this.notebook, cell.id), stop };
  }

  /** Commits events, if there are any. */
  commit(all: readonly NotebookEvent[]): void {
    if (all.length > 0) this.notebook.commit(...all);
  }
}

export function isShown(
  { sourceVisible, outputVisible }: Pick<CellRow, "sourceVisible" | "outputVisible">,
  part: CellPart,
): boolean {
  return part === "source" ? sourceVisible : outputVisible;
}

/** Returns the event that shows or hides a part of a cell. */
export function toggled(id: string, part: CellPart, isVisible: boolean): NotebookEvent {
  return part === "source"
    ? events.cellSourceVisibilityToggled({ id, sourceVisible: isVisible })
    : events.cellOutputVisibilityToggled({ id, outputVisible: isVisible });
}

export function newCellId(): string {
  return `cell-${crypto.randomUUID()}`;
}

/** Narrows a row's cell type. Only events with these types can have created a cell. */
export function asCellType(cellType: string): typeof CellType.Type {
  return CellType.literals.find((type) => type === cellType) ?? "code";
}
