/**
 * Plain cells that run in a notebook continuously, one after another.
 *
 * @module
 */

import type { NotebookVisitor } from "../notebook_visitor.ts";
import { within } from "./within.ts";

/** The code of a plain cell, by which the model recognizes it. */
export const PLAIN_CODE = "plain_cell()";

/** The start and end of a cell by `performance.now()`, in milliseconds. */
export interface PlainRun {
  begun: number;
  ended: number;
}

/** Runs plain cells until {@linkcode PlainCells.stop} is called or a cell does not end. */
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

  /** @param visitor the client of the notebook */
  constructor(visitor: NotebookVisitor) {
    this.#visitor = visitor;
    this.#cell = visitor.addCell(PLAIN_CODE);
    this.#over = this.#run();
  }

  /** The time since the current cell started, in milliseconds. */
  get waiting(): number {
    return performance.now() - this.#begunAt;
  }

  /**
   * Resolves when a cell has ended that starts after this call.
   *
   * @throws {Error} a cell did not end
   */
  async next(): Promise<void> {
    for (const mine = this.#begun + 1; this.runs.length < mine;) await this.#ended.promise;
  }

  /** Stops without waiting for the current cell. */
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
