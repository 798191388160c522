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
 * @returns tells whether that has happened, and most of what there may be is taken: it can be given back by the process's end alone
 */
export function limitPythonMemory(limit: number): () => boolean {
  const { prototype } = WebAssembly.Memory;
  const grow = prototype.grow;
  let size = 0;
  let isRefused = false;
  prototype.grow = function (pages) {
    size = this.buffer.byteLength;
    if (size + pages * PAGE > limit + (isRefused ? RESERVE : 0)) {
      isRefused = true;
      throw new RangeError(`Python may have ${limit} bytes of memory`);
    }
    return grow.call(this, pages);
  };
  return () => isRefused && size > limit / 2;
}
