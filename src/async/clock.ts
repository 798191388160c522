/**
 * The clock as an argument: code that measures time or waits takes a clock, so that tests can control it.
 *
 * @module
 */

export interface Clock {
  /** Returns the time in milliseconds since a fixed origin. It never decreases. */
  now(): number;
  date(): Date;
  /** Calls a function once, after a delay in milliseconds. Returns a function that cancels the timer. */
  setTimer(callback: () => void, delayMs: number): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
