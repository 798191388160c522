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

/** The longest of the usual timeouts, in seconds: those of hosted models. */
const USUAL_S = 60;

/**
 * How long to wait for a model.
 *
 * @param seconds the setting
 * @returns seconds: at most 15, or all of them where they are more than for a hosted model, because then the model may be slow
 */
export function capModelTimeout(seconds: number): number {
  return seconds > USUAL_S ? seconds : capTimeout(seconds);
}
