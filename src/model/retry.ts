/**
 * Decides whether and when a failed request is sent again.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { Failure } from "./failure/failed_attempt.ts";

/** The maximum number of retries. It is the openai package's default. */
export const MAX_RETRIES = 2;

/** The delay before the first retry, in milliseconds. It doubles with each retry. It is the openai package's default. */
const FIRST_DELAY_MS = 500;

/** The random part of a delay, as a fraction. It prevents clients that failed together from retrying together. */
const JITTER = 0.25;

/** The longest `retry-after` that is waited for, in milliseconds. A person watches the cell, so a longer one is reported as an error. */
const MAX_RETRY_AFTER_MS = 20_000;

/** The delay between requests to a server that is loading its model, in milliseconds: about as often as a person would look. */
const LOADING_POLL_MS = 3_000;

/** The shortest delay between such requests, in milliseconds, even if the server asks for less. */
const MIN_PASSING_DELAY_MS = 500;

/** The longest wait for a server that is loading its model, in milliseconds. Loading 70 GB from a slow disk takes that long. */
export const LOADING_LIMIT_MS = 300_000;

/** Decides about the retries of one request. */
export class RetryPlan {
  readonly #clock: Clock;
  readonly #random: () => number;
  #retries = 0;
  /** The time when the server first said that it was not ready yet. */
  #passingSince: number | undefined;

  /** @param random returns a number from 0 to 1, for the jitter */
  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /**
   * Returns the delay before the next attempt.
   *
   * @param failure the failure, before any part of the answer had arrived
   * @returns milliseconds, or `undefined` if the request is not retried
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
