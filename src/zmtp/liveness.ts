/**
 * Whether a peer that has promised a sign of life gives one (RFC 37, "Connection Heartbeating").
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";

/** Watches the time to live of a peer's last PING. */
export class Liveness {
  readonly #clock: Clock;
  readonly #isReading: () => boolean;
  readonly #onDead: (ttlMs: number) => void;
  #cancel = () => {};

  /**
   * Watches nothing yet.
   *
   * @param clock measures silence
   * @param isReading whether the peer is read at all: silence counts only while it is
   * @param onDead called when the peer has been silent for its time to live
   */
  constructor(clock: Clock, isReading: () => boolean, onDead: (ttlMs: number) => void) {
    this.#clock = clock;
    this.#isReading = isReading;
    this.#onDead = onDead;
  }

  /** Something arrived: nothing is expected until the next PING. */
  heard(): void {
    this.#cancel();
  }

  /** A PING arrived; something else is expected within its time to live, in milliseconds, unless that is 0. */
  expect(ttlMs: number): void {
    this.#cancel();
    if (ttlMs === 0) return;
    this.#cancel = this.#clock.setTimer(() => this.#isReading() ? this.#onDead(ttlMs) : this.expect(ttlMs), ttlMs);
  }
}
