/**
 * What a person can undo, the last first.
 *
 * @module
 */

import type { CellRow } from "../store/queries.ts";
import type { KeptOutputs } from "./kept_outputs.ts";

/** A deleted cell with its place and its outputs, or the outputs that were cleared. */
export type Undoable =
  | { kind: "cell"; cell: CellRow; index: number; outputs: KeptOutputs }
  | { kind: "outputs"; outputs: KeptOutputs };

/** The stack. */
export class UndoStack {
  readonly #entries: Undoable[] = [];
  readonly #listeners = new Set<() => void>();

  /** What would be undone; the same object as long as it is. */
  get top(): Undoable | undefined {
    return this.#entries.at(-1);
  }

  /** Something was done. */
  push(entry: Undoable): void {
    this.#entries.push(entry);
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
