/**
 * A clock for tests of deadlines.
 *
 * @module
 */

import { type Clock, systemClock } from "../../src/async/clock.ts";

/** A clock on which waits of seconds end almost immediately. It records the requested delays. */
export class HastyClock implements Clock {
  /** The requested delays, in milliseconds. */
  readonly delays: number[] = [];
  readonly #factor: number;

  /** @param factor the speed of its timers relative to the machine's clock */
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
