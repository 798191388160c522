/**
 * Lets everything else have its turn in the middle of long work.
 *
 * @module
 */

/** Resolves after the timers, signals and messages that are due: what follows an `await` otherwise comes before them. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
