/**
 * Decides which execution requests are served: those of the users who are allowed, and not more in a minute than is allowed.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";

/** The length of the sliding window, in milliseconds. */
const MINUTE_MS = 60_000;

/** The most characters of a user's id that a refusal repeats: whoever makes a request decides on it. */
const LONGEST_SHOWN = 100;

/** What is allowed. */
export interface RequestLimitsOptions {
  /** How many requests may be served within any minute; 0 is no limit. */
  maxCellsPerMinute: number;
  /** Whose requests are served, by the ids that requests carry as `requestedBy`; an empty list is everybody. */
  allowUsers: readonly string[];
  /** Measures the minute. */
  clock: Clock;
}

/** Admits requests, one after the other. */
export class RequestLimits {
  readonly #maxPerMinute: number;
  readonly #users: ReadonlySet<string>;
  readonly #clock: Clock;
  /** When the requests of the last minute were admitted, oldest first. */
  #admitted: number[] = [];

  constructor({ maxCellsPerMinute, allowUsers, clock }: RequestLimitsOptions) {
    this.#maxPerMinute = maxCellsPerMinute;
    this.#users = new Set(allowUsers);
    this.#clock = clock;
  }

  /**
   * Admits a request, which counts from now on, or refuses it, which costs nothing.
   *
   * @param requestedBy who made it, as it says itself
   * @returns why it is refused and how to mend that, fit to be shown in the notebook; nothing if it is admitted
   */
  admit(requestedBy: string): string | undefined {
    if (this.#users.size > 0 && !this.#users.has(requestedBy)) {
      const shown = JSON.stringify(requestedBy.slice(0, LONGEST_SHOWN));
      return `This runtime does not run cells for the user ${shown}. Whoever started it can name that id with ` +
        "--allow-user (AIPYTHON_ALLOW_USERS) and start it again.";
    }
    if (this.#maxPerMinute === 0) return undefined;
    const now = this.#clock.now();
    this.#admitted = this.#admitted.filter((time) => time > now - MINUTE_MS);
    if (this.#admitted.length >= this.#maxPerMinute) {
      const seconds = Math.ceil((this.#admitted[0] + MINUTE_MS - now) / 1000);
      return `This runtime begins at most ${this.#maxPerMinute} cells a minute, and that many have begun. Run the cell ` +
        `again in ${seconds} s; --max-cells-per-minute (AIPYTHON_MAX_CELLS_PER_MINUTE) sets the limit.`;
    }
    this.#admitted.push(now);
    return undefined;
  }
}
