/**
 * What a person can undo, the last first.
 *
 * @module
 */

import type { CellRow } from "../store/queries.ts";
import type { KeptOutputs } from "./kept_outputs.ts";

/** A part of a cell that can be hidden. */
export type CellPart = "source" | "output";

/** A cell that was made of the beginning of another one, with what was between it and what followed. */
export interface SplitPart {
  id: string;
  text: string;
  gap: string;
}

/** One thing that is undone. */
export type UndoStep =
  /** A cell was taken away: it comes back at its place with its outputs. `stop` ends the listening to what others still write into it. */
  | { kind: "deleted"; cell: CellRow; index: number; outputs: KeptOutputs; stop(): void }
  /** Outputs were cleared. */
  | { kind: "outputs"; outputs: KeptOutputs }
  /** A cell was added with a text: it goes, unless it was changed or run since. */
  | { kind: "added"; id: string; text: string }
  /** A text was made of another one: the change is turned round in what the text is now. */
  | { kind: "text"; id: string; before: string; after: string }
  /** The beginning of a cell went into cells of their own: it comes back as it is now. */
  | { kind: "split"; id: string; after: string; parts: SplitPart[] }
  /** A cell's type was changed. */
  | { kind: "type"; id: string; cellType: string }
  /** Cells were moved: they go back to where they stood. */
  | { kind: "moved"; places: { id: string; fractionalIndex: string }[] }
  /** A part of a cell was hidden or shown. */
  | { kind: "visibility"; id: string; part: CellPart; isVisible: boolean };

/** What is undone at once: its steps, the first first. */
export type Undoable = readonly UndoStep[];

/** The stack. */
export class UndoStack {
  readonly #entries: Undoable[] = [];
  readonly #listeners = new Set<() => void>();

  /** What would be undone; the same object as long as it is. */
  get top(): Undoable | undefined {
    return this.#entries.at(-1);
  }

  /** Something was done; nothing is put on the stack if there are no steps. */
  push(...steps: UndoStep[]): void {
    if (steps.length === 0) return;
    this.#entries.push(steps);
    this.#tell();
  }

  /** Takes off what is being undone. */
  pop(): Undoable | undefined {
    const entry = this.#entries.pop();
    this.#tell();
    return entry;
  }

  /**
   * Listens to changes of the top.
   *
   * @returns ends it
   */
  readonly subscribe = (listener: () => void): () => void => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
