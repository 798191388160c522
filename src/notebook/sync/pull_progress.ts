/**
 * Tells how far the reading of a large notebook has come.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { Logger } from "../../logger.ts";
import type { PullChunk } from "./pull_queue.ts";

/** How long nothing is said, in milliseconds: most notebooks are read by then. */
const TELL_EVERY_MS = 2_000;

/** Counts the events of a pull, and says now and then how many LiveStore is done with. */
export class PullProgress {
  readonly #logger: Logger;
  readonly #clock: Clock;
  #done = 0;
  #toldAt: number | undefined;

  /**
   * @param logger receives a line every two seconds, as long as it takes
   * @param clock measures the two seconds
   */
  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  /** LiveStore is handed a chunk; it is done with all that came before. */
  handing({ events, remaining }: PullChunk): void {
    const now = this.#clock.now();
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
