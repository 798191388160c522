/**
 * Time, as an argument: code that measures or waits takes a clock, so that a test decides how long a minute is.
 *
 * @module
 */

/** A source of time and timers. */
export interface Clock {
  /** Returns the milliseconds since any fixed origin; they never go back. */
  now(): number;
  /** Returns the date and time of day. */
  date(): Date;
  /**
   * Calls back once, later.
   *
   * @param callback what to call
   * @param delayMs after how many milliseconds
   * @returns a function that cancels the timer
   */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
