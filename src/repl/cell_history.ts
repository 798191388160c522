/**
 * The cells that can be recalled at the prompt.
 *
 * @module
 */

import type { HistoryFile } from "./history_file.ts";

/** What a history depends on. */
export interface CellHistoryOptions {
  /** Where it is kept; absent where only this session's cells shall be recalled. */
  file?: HistoryFile;
  /** Told, once at most, why the file cannot be used; cells are then remembered in this session alone. */
  onProblem(error: unknown): void;
}

/** The cells of earlier sessions and of this one. */
export class CellHistory {
  readonly #onProblem: (error: unknown) => void;
  #file: HistoryFile | undefined;
  readonly #cells: string[] = [];

  constructor({ file, onProblem }: CellHistoryOptions) {
    this.#file = file;
    this.#onProblem = onProblem;
    this.#try((file) => this.#cells.push(...file.read()));
  }

  /** The cells, oldest first. */
  get cells(): readonly string[] {
    return this.#cells;
  }

  /** Adds a cell, unless it is the one that was added last. */
  add(code: string): void {
    if (this.#cells.at(-1) === code) return;
    this.#cells.push(code);
    this.#try((file) => file.add(code));
  }

  #try(use: (file: HistoryFile) => void): void {
    if (this.#file === undefined) return;
    try {
      use(this.#file);
    } catch (error) {
      this.#file = undefined;
      this.#onProblem(error);
    }
  }
}
