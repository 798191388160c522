/**
 * Decides whether and when a failed request is sent again.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { Failure } from "./failure/failed_attempt.ts";

/** How often a request is sent again at most; the openai package's own default. */
export const MAX_RETRIES = 2;

/** The wait before the first retry, in milliseconds; it doubles with each. The openai package's own default. */
const FIRST_DELAY_MS = 500;

/** The part of a wait that is left to chance, so that clients that failed together do not come back together. */
const JITTER = 0.25;

/** The longest wait that a server may ask for, in milliseconds. Someone is watching the cell: beyond it they had better be told. */
const MAX_RETRY_AFTER_MS = 20_000;

/** How often a server is asked that is loading its model, in milliseconds: about as often as a person would look. */
const LOADING_POLL_MS = 3_000;

/** The shortest wait between two such questions, in milliseconds, whatever the server says. */
const MIN_PASSING_DELAY_MS = 500;

/** How long a server that is loading its model is waited for, in milliseconds: a model of 70 GB from a slow disk takes that long. */
export const LOADING_LIMIT_MS = 300_000;

/** Decides for one request, from one failure to the next. */
export class RetryPlan {
  readonly #clock: Clock;
  readonly #random: () => number;
  #retries = 0;
  /** When the server first said that it would be ready by itself. */
  #passingSince: number | undefined;

  /**
   * Makes a plan for a request that has not failed yet.
   *
   * @param clock measures how long a server is waited for
   * @param random returns a number from 0 to 1, which spreads the retries
   */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * Tells how long to wait before sending the request again.
   *
   * @param failure why it failed, before anything of the answer had arrived
   * @returns milliseconds, or `undefined` to give up
   */
  delayAfter(failure: Failure): number | undefined {
    if (!failure.retryable) return undefined;
    if (failure.isPassing) return this.#untilReady(failure);
    const { retryAfterMs } = failure;
    if (this.#retries >= MAX_RETRIES) return undefined;
    this.#retries += 1;
    if (retryAfterMs !== undefined) return retryAfterMs <= MAX_RETRY_AFTER_MS ? retryAfterMs : undefined;
    return FIRST_DELAY_MS * 2 ** (this.#retries - 1) * (1 - JITTER * this.#random());
  }

  #untilReady({ retryAfterMs }: Failure): number | undefined {
    const now = this.#clock.now();
    this.#passingSince ??= now;
    const delayMs = Math.max(retryAfterMs ?? LOADING_POLL_MS, MIN_PASSING_DELAY_MS);
    return now - this.#passingSince + delayMs <= LOADING_LIMIT_MS ? delayMs : undefined;
  }
}
