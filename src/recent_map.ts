/**
 * A map that keeps a number of entries, and forgets the one that was used longest ago.
 *
 * @module
 */

/** The map. */
export class RecentMap<Key, Value> {
  readonly #capacity: number;
  /** The one that was used last comes last. */
  readonly #entries = new Map<Key, Value>();

  /** @param capacity how many entries are kept */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Whether a key's value is kept. */
  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  /** The value of a key, if it is kept. */
  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  /** Sets the value of a key. */
  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#capacity) this.#entries.delete(this.#entries.keys().next().value!);
  }

  /** Forgets the value of a key. */
  delete(key: Key): void {
    this.#entries.delete(key);
  }

  /** The value of a key, which is made if it is not kept. */
  getOrMake(key: Key, make: () => Value): Value {
    const value = this.#entries.get(key) ?? make();
    this.set(key, value);
    return value;
  }
}
