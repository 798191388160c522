/**
 * Checks that a peer sends the signs of life that it has promised (RFC 37, "Connection Heartbeating").
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";

/** Measures the time to live of a peer's last PING. */
export class Liveness {
  readonly #clock: Clock;
  readonly #isReading: () => boolean;
  readonly #onDead: (ttlMs: number) => void;
  #cancel = () => {};

  /**
   * @param isReading whether the peer's bytes are being read; silence only counts then
   * @param onDead called when the peer has been silent for its time to live
   */
  constructor(clock: Clock, isReading: () => boolean, onDead: (ttlMs: number) => void) {
    this.#clock = clock;
    this.#isReading = isReading;
    this.#onDead = onDead;
  }

  /** Called when bytes arrive. Nothing is expected until the next PING. */
  heard(): void {
    this.#cancel();
  }

  /** Called when a PING arrives. Further bytes are expected within its time to live, in milliseconds; 0 means no limit. */
  expect(ttlMs: number): void {
    this.#cancel();
    if (ttlMs === 0) return;
    this.#cancel = this.#clock.setTimer(() => this.#isReading() ? this.#onDead(ttlMs) : this.expect(ttlMs), ttlMs);
  }
}
