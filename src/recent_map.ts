/**
 * A map with a limited number of entries: a least-recently-used cache.
 *
 * @module
 */

export class RecentMap<Key, Value> {
  readonly #capacity: number;
  /** The entries, the most recently used one last. */
  readonly #entries = new Map<Key, Value>();

  /** @param capacity the maximum number of entries */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  has(key: Key): boolean {
    return this.#entries.has(key);
  }

  /** Returns the value of a key, if there is one. Does not count as use. */
  get(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#capacity) this.#entries.delete(this.#entries.keys().next().value!);
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }

  /** Returns the value of a key. If there is none, makes and adds it. */
  getOrMake(key: Key, make: () => Value): Value {
    const value = this.#entries.get(key) ?? make();
    this.set(key, value);
    return value;
  }
}
