/**
 * Decides whether and when a failed request is sent again.
 *
 * @module
 */

import type { Failure } from "./openai_errors.ts";

/** How often a request is sent again at most; the openai package's own default. */
export const MAX_RETRIES = 2;

/** The wait before the first retry, in milliseconds; it doubles with each. The openai package's own default. */
const FIRST_DELAY_MS = 500;

/** The part of a wait that is left to chance, so that clients that failed together do not come back together. */
const JITTER = 0.25;

/** The longest wait that a server may ask for, in milliseconds. Someone is watching the cell: beyond it they had better be told. */
const MAX_RETRY_AFTER_MS = 20_000;

/**
 * Tells how long to wait before sending a request again.
 *
 * @param failure why it failed, before anything of the answer had arrived
 * @param retries how often it has been sent again already
 * @param random a number from 0 to 1
 * @returns milliseconds, or `undefined` to give up
 */
export function retryDelay(failure: Failure, retries: number, random: number): number | undefined {
  if (!failure.retryable || retries >= MAX_RETRIES) return undefined;
  const { retryAfterMs } = failure;
  if (retryAfterMs !== undefined) return retryAfterMs <= MAX_RETRY_AFTER_MS ? retryAfterMs : undefined;
  return FIRST_DELAY_MS * 2 ** retries * (1 - JITTER * random);
}
