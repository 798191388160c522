/**
 * The cells that can be recalled at the prompt.
 *
 * @module
 */

import type { HistoryFile } from "./history_file.ts";

export interface CellHistoryOptions {
  /** The file of the history. Default: only the cells of this session are recalled. */
  file?: HistoryFile;
  /** Called at most once, if the file cannot be used. The history then exists only in this session. */
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

  /** Adds a cell, except if it is the same as the last one. */
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
