/**
 * How long a check waits for a server.
 *
 * @module
 */

/** The longest wait for one answer, in seconds: somebody is looking on. */
const LONGEST_WAIT_S = 15;

/**
 * How long to wait.
 *
 * @param seconds the setting; absent where it is wrong
 * @returns seconds, at most 15
 */
export function capTimeout(seconds: number | undefined): number {
  return Math.min(seconds ?? LONGEST_WAIT_S, LONGEST_WAIT_S);
}
