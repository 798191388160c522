/**
 * Decides which execution requests are served, by user and by number of requests in a minute.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";

/** The length of the sliding window, in milliseconds. */
const MINUTE_MS = 60_000;

/** The number of characters of a user's id that a refusal repeats: the client can choose any id. */
const MAX_SHOWN_LENGTH = 100;

export interface RequestLimitsOptions {
  /** The number of requests that are served within any minute, at most; 0 means no limit. */
  maxCellsPerMinute: number;
  /** The users whose requests are served: the ids that requests carry as `requestedBy`. An empty list allows everybody. */
  allowUsers: readonly string[];
  clock: Clock;
}

export class RequestLimits {
  readonly #maxPerMinute: number;
  readonly #users: ReadonlySet<string>;
  readonly #clock: Clock;
  /** The times at which the requests of the last minute were admitted, oldest first. */
  #admitted: number[] = [];

  constructor({ maxCellsPerMinute, allowUsers, clock }: RequestLimitsOptions) {
    this.#maxPerMinute = maxCellsPerMinute;
    this.#users = new Set(allowUsers);
    this.#clock = clock;
  }

  /**
   * Admits or refuses a request. Only admitted requests count towards the limit.
   *
   * @param requestedBy the user's id, as the request states it
   * @returns the reason of a refusal, with advice, for the notebook; `undefined` if the request is admitted
   */
  admit(requestedBy: string): string | undefined {
    if (this.#users.size > 0 && !this.#users.has(requestedBy)) {
      const shown = JSON.stringify(requestedBy.slice(0, MAX_SHOWN_LENGTH));
      return `This runtime does not run cells for the user ${shown}. To allow that user, start it again with ` +
        "--allow-user (AIPYTHON_ALLOW_USERS) and that id.";
    }
    if (this.#maxPerMinute === 0) return undefined;
    const now = this.#clock.now();
    this.#admitted = this.#admitted.filter((time) => time > now - MINUTE_MS);
    if (this.#admitted.length >= this.#maxPerMinute) {
      const seconds = Math.ceil((this.#admitted[0] + MINUTE_MS - now) / 1000);
      return `This runtime starts at most ${this.#maxPerMinute} cells a minute, and has started that many. Run the cell ` +
        `again in ${seconds} s; --max-cells-per-minute (AIPYTHON_MAX_CELLS_PER_MINUTE) sets the limit.`;
    }
    this.#admitted.push(now);
    return undefined;
  }
}
