/**
 * Growing pauses between attempts.
 *
 * @module
 */

/** How pauses grow. */
export interface BackoffOptions {
  /** The first pause, in milliseconds. */
  firstMs: number;
  /** The longest pause, in milliseconds. */
  maxMs: number;
  /** What each pause is multiplied by to get the next; 2 unless given. */
  factor?: number;
  /** A number from 0 to 1 that spreads the attempts of many clients; `Math.random` unless given. */
  random?: () => number;
}

/** A sequence of growing pauses; each is drawn between half of its length and the whole. */
export class Backoff {
  readonly #options: Required<BackoffOptions>;
  #pauseMs: number;

  constructor(options: BackoffOptions) {
    this.#options = { factor: 2, random: Math.random, ...options };
    this.#pauseMs = options.firstMs;
  }

  /** The next pause, in milliseconds. */
  next(): number {
    const { maxMs, factor, random } = this.#options;
    const pause = this.#pauseMs * (0.5 + 0.5 * random());
    this.#pauseMs = Math.min(maxMs, this.#pauseMs * factor);
    return Math.round(pause);
  }

  /** Starts again from the first pause. */
  reset(): void {
    this.#pauseMs = this.#options.firstMs;
  }
}
