/**
 * Reports the progress of reading a large notebook.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { Logger } from "../../logger.ts";
import type { PullChunk } from "./pull_queue.ts";

/** The interval between reports, in milliseconds. Most notebooks are read before the first one. */
const REPORT_EVERY_MS = 2_000;

/** Counts the events of a pull, and regularly logs how many of them LiveStore has processed. */
export class PullProgress {
  readonly #logger: Logger;
  readonly #clock: Clock;
  #done = 0;
  #reportedAt: number | undefined;

  /** @param logger receives a message every two seconds until the notebook is read */
  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Called when a chunk is passed to LiveStore, which has then processed all earlier ones. */
  handing({ events, remaining }: PullChunk): void {
    const now = this.#clock.now();
    this.#reportedAt ??= now;
    const all = this.#done + events.length + remaining;
    if (now - this.#reportedAt >= REPORT_EVERY_MS) {
      this.#logger.info("reading the notebook", { events: this.#done, of: all });
      this.#reportedAt = now;
    }
    this.#done += events.length;
    if (remaining > 0) return;
    this.#done = 0;
    this.#reportedAt = undefined;
  }
}
