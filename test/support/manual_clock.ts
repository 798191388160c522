/**
 * A clock that stands still until a test advances it.
 *
 * @module
 */

import type { Clock } from "../../src/async/clock.ts";

/** A pending timer. */
interface Timer {
  dueAt: number;
  callback: () => void;
}

/** A clock that stands still until it is advanced. Its timers fire then. */
export class ManualClock implements Clock {
  readonly #startedAt: Date;
  readonly #timers = new Set<Timer>();
  #now = 0;

  /** @param startedAt the date at the clock's time 0 */
  constructor(startedAt = new Date(0)) {
    this.#startedAt = startedAt;
  }

  now(): number {
    return this.#now;
  }

  date(): Date {
    return new Date(this.#startedAt.getTime() + this.#now);
  }

  setTimer(callback: () => void, delayMs: number): () => void {
    const timer = { dueAt: this.#now + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Advances the clock. Each timer fires at its time, including timers that are set meanwhile. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#now = Math.max(this.#now, next.dueAt);
      this.#goOff(next);
    }
    this.#now = end;
  }

  /** Advances the clock as a suspended process sees it: timers that were due meanwhile fire late. */
  holdUp(ms: number): void {
    this.#now += ms;
    for (let next = this.#next(this.#now); next !== undefined; next = this.#next(this.#now)) this.#goOff(next);
  }

  #goOff(timer: Timer): void {
    this.#timers.delete(timer);
    timer.callback();
  }

  /** Returns the next timer that is due by a time. */
  #next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.dueAt <= end && (first === undefined || timer.dueAt < first.dueAt)) first = timer;
    }
    return first;
  }
}
