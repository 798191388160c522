/**
 * Limits the waits of the checks for servers.
 *
 * @module
 */

/** The longest wait for one answer, in seconds, because a person waits for the check. */
const LONGEST_WAIT_S = 15;

/**
 * Limits the wait for an answer.
 *
 * @param seconds the setting; absent if it is wrong
 * @returns seconds, at most 15
 */
export function capTimeout(seconds: number | undefined): number {
  return Math.min(seconds ?? LONGEST_WAIT_S, LONGEST_WAIT_S);
}

/** The longest default timeout for hosted models, in seconds. */
const USUAL_S = 60;

/**
 * Limits the wait for a model.
 *
 * @returns seconds: at most 15, or the setting itself if it is longer than for a hosted model, because then the model may be slow
 */
export function capModelTimeout(seconds: number): number {
  return seconds > USUAL_S ? seconds : capTimeout(seconds);
}
