/**
 * Tells a server whose log is no longer ours, because its database was lost or restored, from one that lags behind for a moment.
 *
 * Two things are seen. Its log ends before ours: a refused push names the end. That is believed when it stands for longer than any
 * delay, because a server that is just starting may not know its end yet. Or another event is at a place where we hold one: no delay
 * explains that, so a second look is enough.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";

/**
 * How long the server's log must end before ours, in milliseconds: longer than an event may be missing (15 s), and short enough to be
 * over within a minute of the server's return, after a reconnect (15 s) and a renewal (15 s).
 */
const SHORTER_FOR_MS = 20_000;
/** How often it must have been seen, so that a suspended machine does not count as a long time. */
const SHORTER_SIGHTINGS = 3;
/** How long the place of a different event may be empty in pulls, in milliseconds: as long as an event may be missing. */
const DIFFERENT_FOR_MS = 15_000;

/** What the server's log is instead of ours. */
export interface LogReplacement {
  /** The number of the last event that we hold. */
  ours: number;
  /** The number of the server's last event, where its log ends before ours. */
  endsAt?: number;
  /** The number of an event that is another on the server. */
  differsAt?: number;
}

/** Gathers what speaks against a log. */
export class ReplacedLog {
  readonly #clock: Clock;
  #shorter: { sinceMs: number; sightings: number } | undefined;
  #different: { seqNum: number; sinceMs: number } | undefined;

  /** @param clock measures how long something stands */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The place that must be looked at again before the log may be trusted. */
  get suspect(): number | undefined {
    return this.#different?.seqNum;
  }

  /** The server's log ends before ours. Returns whether this is its end, and no delay. */
  isShorter(): boolean {
    const { sinceMs, sightings } = this.#shorter ?? { sinceMs: this.#clock.now(), sightings: 0 };
    this.#shorter = { sinceMs, sightings: sightings + 1 };
    return sightings + 1 >= SHORTER_SIGHTINGS && this.#clock.now() - sinceMs >= SHORTER_FOR_MS;
  }

  /** Whether this is the first time that the server's log was seen to end before ours. */
  get isNew(): boolean {
    return this.#shorter?.sightings === 1;
  }

  /** The server's log goes as far as ours, or continues it. */
  reaches(): void {
    this.#shorter = undefined;
  }

  /** The server has another event at a place where we hold one. Returns whether that was known already. */
  differs(seqNum: number): boolean {
    const known = this.#different !== undefined;
    this.#different ??= { seqNum, sinceMs: this.#clock.now() };
    return known;
  }

  /** A pull has brought no event for the suspect place. Returns whether that has been so for too long. */
  isMissing(): boolean {
    return this.#different !== undefined && this.#clock.now() - this.#different.sinceMs >= DIFFERENT_FOR_MS;
  }

  /** The event at the suspect place is ours after all, or is looked at anew. */
  trust(): void {
    this.#different = undefined;
  }
}
