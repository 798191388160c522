/**
 * Time, as an argument: what waits for a deadline takes a clock, so that tests decide how long a minute is.
 *
 * @module
 */

/** A source of time and timers. */
export interface Clock {
  /** The time in milliseconds, from any fixed origin; it never goes back. */
  now(): number;
  /**
   * Calls back once, later.
   *
   * @param callback what to call
   * @param delayMs after how many milliseconds
   * @returns a function that calls it off
   */
  setTimer(callback: () => void, delayMs: number): () => void;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

/**
 * Resolves after a while.
 *
 * @throws the signal's reason, at once, when it is aborted
 */
export function delay(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => {
      callOff();
      reject(signal.reason);
    };
    const callOff = clock.setTimer(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
