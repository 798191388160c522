/**
 * Limits the length of waits.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";

/**
 * Watches one wait at a time and calls back when it exceeds its limit. It runs only while bytes are awaited from the server, so a slow
 * consumer is not mistaken for a silent server.
 */
export class Watchdog {
  readonly #clock: Clock;
  readonly #onSilence: (limitMs: number) => void;
  #callOff: (() => void) | undefined;

  /** @param onSilence called when a wait exceeds its limit, with that limit in milliseconds */
  constructor(clock: Clock, onSilence: (limitMs: number) => void) {
    this.#clock = clock;
    this.#onSilence = onSilence;
  }

  /** Starts to watch a wait, with a limit in milliseconds. Stops watching the one before. */
  start(limitMs: number): void {
    this.stop();
    this.#callOff = this.#clock.setTimer(() => this.#onSilence(limitMs), limitMs);
  }

  stop(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
