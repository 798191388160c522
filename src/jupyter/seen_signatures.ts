/**
 * The signatures of messages that were read: a message that comes again was recorded by somebody.
 *
 * @module
 */

/** How many signatures are remembered. Default: as many as jupyter_client does, some 10 MB. */
const DEFAULT_CAPACITY = 65_536;

/** Remembers the newest signatures. */
export class SeenSignatures {
  readonly #capacity: number;
  readonly #seen = new Set<string>();

  /** @param capacity how many are remembered */
  constructor(capacity = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** Remembers a signature. Returns whether it is a new one. */
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
