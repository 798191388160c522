/**
 * Remembers the signatures of received messages. A signature that arrives again belongs to a replayed message.
 *
 * @module
 */

/** The number of remembered signatures: the same as in jupyter_client. They take about 10 MB. */
const DEFAULT_CAPACITY = 65_536;

/** Remembers the most recent signatures. */
export class SeenSignatures {
  readonly #capacity: number;
  readonly #seen = new Set<string>();

  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** Adds a signature. Returns whether it is new. */
  add(signature: Uint8Array): boolean {
    const key = new TextDecoder().decode(signature);
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    if (this.#seen.size > this.#capacity) {
      const [oldest] = this.#seen;
      this.#seen.delete(oldest);
    }
    return true;
  }
}
