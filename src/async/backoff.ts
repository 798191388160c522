/**
 * Growing delays between attempts.
 *
 * @module
 */

export interface BackoffOptions {
  /** The first delay, in milliseconds. */
  firstMs: number;
  /** The longest delay, in milliseconds. */
  maxMs: number;
  /** The ratio of each delay to the one before it. Default: 2. */
  factor?: number;
  /** Returns a random number from 0 to 1, which spreads the attempts of many clients. Default: `Math.random`. */
  random?: () => number;
}

/** A sequence of growing delays. Each is chosen at random between half of its nominal length and all of it. */
export class Backoff {
  readonly #options: Required<BackoffOptions>;
  #pauseMs: number;

  constructor(options: BackoffOptions) {
    this.#options = { factor: 2, random: Math.random, ...options };
    this.#pauseMs = options.firstMs;
  }

  /** Returns the next delay, in milliseconds. */
  next(): number {
    const { maxMs, factor, random } = this.#options;
    const pause = this.#pauseMs * (0.5 + 0.5 * random());
    this.#pauseMs = Math.min(maxMs, this.#pauseMs * factor);
    return Math.round(pause);
  }

  /** Starts again with the first delay. */
  reset(): void {
    this.#pauseMs = this.#options.firstMs;
  }
}
