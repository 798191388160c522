/**
 * Ends a wait that lasts too long.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";

/**
 * Watches one wait at a time and acts when it exceeds its limit. It runs only while something is awaited, so a slow reader
 * is never taken for a silent server.
 */
export class Watchdog {
  readonly #clock: Clock;
  readonly #onSilence: (limitMs: number) => void;
  #callOff: (() => void) | undefined;

  /**
   * Makes a watchdog that watches nothing yet.
   *
   * @param clock where its timers come from
   * @param onSilence called when a wait exceeds its limit, with that limit in milliseconds
   */
  constructor(clock: Clock, onSilence: (limitMs: number) => void) {
    this.#clock = clock;
    this.#onSilence = onSilence;
  }

  /** Begins to watch, in place of the wait watched before. */
  start(limitMs: number): void {
    this.stop();
    this.#callOff = this.#clock.setTimer(() => this.#onSilence(limitMs), limitMs);
  }

  /** Stops watching. */
  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
