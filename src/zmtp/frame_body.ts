/**
 * A frame's body while it arrives.
 *
 * @module
 */

/** How much memory a body gets at first, in bytes: what one read from a connection brings at most. */
const FIRST_CAPACITY = 64 * 1024;

/**
 * Collects a body of a known size. Its memory doubles as bytes arrive, so that a size that is only announced costs nothing, and each
 * byte is copied twice on average, in however many pieces it comes.
 */
export class FrameBody {
  readonly #size: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param size the length that was announced, in bytes */
  constructor(size: number) {
    this.#size = size;
    this.#bytes = new Uint8Array(Math.min(size, FIRST_CAPACITY));
  }

  /** The whole body; `undefined` while bytes are missing. */
  get whole(): Uint8Array<ArrayBuffer> | undefined {
    return this.#length === this.#size ? this.#bytes : undefined;
  }

  /**
   * Takes bytes, as many as are missing.
   *
   * @returns how many those were
   */
  append(bytes: Uint8Array): number {
    const taken = bytes.subarray(0, this.#size - this.#length);
    this.#reserve(this.#length + taken.length);
    this.#bytes.set(taken, this.#length);
    this.#length += taken.length;
    return taken.length;
  }

  #reserve(length: number): void {
    if (length <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.min(this.#size, Math.max(length, 2 * this.#bytes.length)));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
