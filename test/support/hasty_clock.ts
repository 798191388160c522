/**
 * A clock for tests of deadlines.
 *
 * @module
 */

import { type Clock, systemClock } from "../../src/async/clock.ts";

/** A clock on which waits of seconds are over at once, and which remembers what was asked of it. */
export class HastyClock implements Clock {
  /** The delays asked for, in milliseconds. */
  readonly delays: number[] = [];
  readonly #factor: number;

  /** @param factor how many times faster than the machine's clock its timers run */
  constructor(factor = 1_000) {
    this.#factor = factor;
  }

  now(): number {
    return systemClock.now() * this.#factor;
  }

  date(): Date {
    return systemClock.date();
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    this.delays.push(delayMs);
    return systemClock.setTimer(callback, delayMs / this.#factor);
  }
}
