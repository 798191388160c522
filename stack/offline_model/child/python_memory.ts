/**
 * Bounds the memory of the Python in this thread.
 *
 * @module
 */

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;

/** Bytes beyond the limit that are left for showing the MemoryError. */
const RESERVE = 32 * 1024 * 1024;

/**
 * Lets no memory of WebAssembly grow beyond a limit: Python then raises a MemoryError.
 *
 * @param limit bytes
 * @returns tells whether more has been asked for
 */
export function limitPythonMemory(limit: number): () => boolean {
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  let isFull = false;
  prototype.grow = function (pages) {
    const size = this.buffer.byteLength + pages * PAGE;
    if (size > limit + (isFull ? RESERVE : 0)) {
      isFull = true;
      throw new RangeError(`Python may have ${limit} bytes of memory`);
    }
    return grow.call(this, pages);
  };
  return () => isFull;
}
