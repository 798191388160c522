/**
 * Distinguishes a server whose log was replaced, because its database was lost or restored, from one that lags behind for a moment.
 *
 * There are two signs. The server's log ends before ours, which a refused push shows. This is only certain if it lasts longer than any
 * delay, because a server that is starting may not know its end yet. Or the server has a different event at a position that we have. A
 * delay cannot cause that, so a second look is enough.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";

/**
 * How long the server's log must end before ours, in milliseconds. That is longer than an event may be missing (15 s). The result is still
 * known within a minute of the server's return, after a reconnect (15 s) and a renewal (15 s).
 */
const SHORTER_FOR_MS = 20_000;
/** How often that must have been seen, so that time in which the machine was suspended does not count. */
const SHORTER_SIGHTINGS = 3;
/** How long pulls may lack an event at the suspect position, in milliseconds: as long as any event may be missing. */
const DIFFERENT_FOR_MS = 15_000;

/** The difference between the server's log and ours. */
export interface LogReplacement {
  /** The position of our last event. */
  ours: number;
  /** The position of the server's last event, if its log ends before ours. */
  endsAt?: number;
  /** The position of an event that is different on the server. */
  differsAt?: number;
}

export class ReplacedLog {
  readonly #clock: Clock;
  #shorter: { sinceMs: number; sightings: number } | undefined;
  #different: { seqNum: number; sinceMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The position that must be pulled again before the log can be trusted. */
  get suspect(): number | undefined {
    return this.#different?.seqNum;
  }

  /** Records that the server's log ends before ours. Returns whether this is certain by now. */
  isShorter(): boolean {
    const { sinceMs, sightings } = this.#shorter ?? { sinceMs: this.#clock.now(), sightings: 0 };
    this.#shorter = { sinceMs, sightings: sightings + 1 };
    return sightings + 1 >= SHORTER_SIGHTINGS && this.#clock.now() - sinceMs >= SHORTER_FOR_MS;
  }

  /** Whether the server's log was seen to end before ours for the first time. */
  get isNew(): boolean {
    return this.#shorter?.sightings === 1;
  }

  /** Records that the server's log goes as far as ours, or further. */
  reaches(): void {
    this.#shorter = undefined;
  }

  /** Records that the server has a different event at a position that we have. Returns whether a difference was known before. */
  differs(seqNum: number): boolean {
    const known = this.#different !== undefined;
    this.#different ??= { seqNum, sinceMs: this.#clock.now() };
    return known;
  }

  /** Records that a pull had no event at the suspect position. Returns whether that has lasted too long. */
  isMissing(): boolean {
    return this.#different !== undefined && this.#clock.now() - this.#different.sinceMs >= DIFFERENT_FOR_MS;
  }

  /** Clears the suspicion: the event is ours after all, or it will be checked again. */
  trust(): void {
    this.#different = undefined;
  }
}
