/**
 * Lets other work run during a long computation.
 *
 * @module
 */

/** Resolves after pending timers, signals and messages. Promises alone would not let them run. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
