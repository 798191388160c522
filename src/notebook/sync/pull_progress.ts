/**
 * Tells how far the reading of a large notebook has come.
 *
 * @module
 */

import type { Logger } from "../../logger.ts";
import type { PullChunk } from "./pull_queue.ts";

/** How long nothing is said, in milliseconds: most notebooks are read by then. */
const TELL_EVERY_MS = 2_000;

/** Counts the events of a pull, and says now and then how many LiveStore is done with. */
export class PullProgress {
  readonly #logger: Logger;
  readonly #now: () => number;
  #done = 0;
  #toldAt: number | undefined;

  /**
   * @param logger told every two seconds, as long as it takes
   * @param now the time in milliseconds, from any start
   */
  constructor(logger: Logger, now: () => number = () => performance.now()) {
    this.#logger = logger;
    this.#now = now;
  }

  /** LiveStore is handed a chunk; it is done with all that came before. */
  handing({ events, remaining }: PullChunk): void {
    const now = this.#now();
    this.#toldAt ??= now;
    const all = this.#done + events.length + remaining;
    if (now - this.#toldAt >= TELL_EVERY_MS) {
      this.#logger.info("reading the notebook", { events: this.#done, of: all });
      this.#toldAt = now;
    }
    this.#done += events.length;
    if (remaining > 0) return;
    this.#done = 0;
    this.#toldAt = undefined;
  }
}
