/**
 * The stack of actions that a person can undo.
 *
 * @module
 */

import type { CellRow } from "../store/queries.ts";
import type { KeptOutputs } from "./kept_outputs.ts";

/** A part of a cell that can be hidden. */
export type CellPart = "source" | "output";

/** A cell that a split made from the beginning of another one, and the text between it and the next part. */
export interface SplitPart {
  id: string;
  text: string;
  gap: string;
}

/** A step that can be undone. */
export type UndoStep =
  /**
   * A cell was deleted. Undoing brings it back in its place with its outputs. `stop` ends the tracking of what others write into
   * it.
   */
  | { kind: "deleted"; cell: CellRow; index: number; outputs: KeptOutputs; stop(): void }
  /** Outputs were cleared. */
  | { kind: "outputs"; outputs: KeptOutputs }
  /** A cell was added. Undoing deletes it unless it was changed or run since. */
  | { kind: "added"; id: string; text: string }
  /** A text was replaced. Undoing reverts that change in the current text. */
  | { kind: "text"; id: string; before: string; after: string }
  /** The beginning of a cell was split off into other cells. Undoing joins their current texts again. */
  | { kind: "split"; id: string; after: string; parts: SplitPart[] }
  /** A cell's type was changed. */
  | { kind: "type"; id: string; cellType: string }
  /** Cells were moved. Undoing moves them back. */
  | { kind: "moved"; places: { id: string; fractionalIndex: string }[] }
  /** A part of a cell was hidden or shown. */
  | { kind: "visibility"; id: string; part: CellPart; isVisible: boolean };

/** The steps of one action, first step first. */
export type Undoable = readonly UndoStep[];

export class UndoStack {
  readonly #entries: Undoable[] = [];
  readonly #listeners = new Set<() => void>();

  /** The action that would be undone; the same object until the stack changes. */
  get top(): Undoable | undefined {
    return this.#entries.at(-1);
  }

  /** Pushes the steps of an action. Does nothing without steps. */
  push(...steps: UndoStep[]): void {
    if (steps.length === 0) return;
    this.#entries.push(steps);
    this.#notify();
  }

  pop(): Undoable | undefined {
    const entry = this.#entries.pop();
    this.#notify();
    return entry;
  }

  /**
   * Listens to changes of `top`.
   *
   * @returns stops the calls
   */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}
