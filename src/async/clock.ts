/**
 * The clock as an argument: code that measures time or waits takes a clock, so that tests can control it.
 *
 * @module
 */

/** A source of time and timers. */
export interface Clock {
  /** Returns the time in milliseconds since a fixed origin. It never decreases. */
  now(): number;
  /** Returns the current date and time. */
  date(): Date;
  /**
   * Calls a function once, after a delay.
   *
   * @param callback the function
   * @param delayMs the delay, in milliseconds
   * @returns a function that cancels the timer
   */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** The system's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
