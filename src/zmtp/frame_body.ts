/**
 * Collects the body of a frame as it arrives.
 *
 * @module
 */

/** The memory that is allocated first, in bytes: the size of the largest read from a connection. */
const FIRST_CAPACITY = 64 * 1024;

/**
 * Collects a body of a known size. Memory is doubled as bytes arrive, so that an announced size alone uses no memory. Each byte is copied
 * twice on average, whatever the number of pieces.
 */
export class FrameBody {
  readonly #size: number;
  #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param size the announced length, in bytes */
  constructor(size: number) {
    this.#size = size;
    this.#bytes = new Uint8Array(Math.min(size, FIRST_CAPACITY));
  }

  /** The complete body; `undefined` while bytes are missing. */
  get whole(): Uint8Array<ArrayBuffer> | undefined {
    return this.#length === this.#size ? this.#bytes : undefined;
  }

  /** Appends as many bytes as are missing. Returns the number of appended bytes. */
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
