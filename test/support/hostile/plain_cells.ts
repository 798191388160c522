/**
 * Plain cells of a notebook that are run one after the other, all the time.
 *
 * @module
 */

import type { NotebookVisitor } from "../notebook_visitor.ts";
import { within } from "./within.ts";

/** The code of a plain cell, by which the model knows it. */
export const PLAIN_CODE = "plain_cell()";

/** How long a cell took, by `performance.now()`. */
export interface PlainRun {
  begun: number;
  ended: number;
}

/** Runs them from its making on until {@linkcode PlainCells.stop}, or until one does not end. */
export class PlainCells {
  /** The cells that have ended, in order. */
  readonly runs: PlainRun[] = [];
  readonly #visitor: NotebookVisitor;
  readonly #cell: string;
  readonly #over: Promise<void>;
  #begun = 0;
  #begunAt = 0;
  readonly #stopping = new AbortController();
  #ended = Promise.withResolvers<void>();

  /** @param visitor in front of the notebook */
  constructor(visitor: NotebookVisitor) {
    this.#visitor = visitor;
    this.#cell = visitor.addCell(PLAIN_CODE);
    this.#over = this.#run();
  }

  /** How long the cell that is under way has taken so far, in milliseconds. */
  get waiting(): number {
    return performance.now() - this.#begunAt;
  }

  /**
   * Resolves when a cell has ended that had not begun yet.
   *
   * @throws {Error} when a cell does not end
   */
  async next(): Promise<void> {
    for (const mine = this.#begun + 1; this.runs.length < mine;) await this.#ended.promise;
  }

  /** Runs no further ones, and waits for none. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#over;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#begun += 1;
      const begun = this.#begunAt = performance.now();
      try {
        await within(this.#visitor.run(this.#cell), "a plain cell", this.#stopping.signal);
      } catch (error) {
        this.#ended.promise.catch(() => {});
        return this.#ended.reject(error);
      }
      this.runs.push({ begun, ended: performance.now() });
      this.#ended.resolve();
      this.#ended = Promise.withResolvers();
    }
  }
}
