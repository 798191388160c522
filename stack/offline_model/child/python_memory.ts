/**
 * Limits the memory of the Python in this thread.
 *
 * @module
 */

/** Bytes of a page of WebAssembly's memory. */
const PAGE = 65_536;

/** Bytes beyond the limit that are left for showing the MemoryError. */
const RESERVE = 32 * 1024 * 1024;

/**
 * Stops WebAssembly's memory from growing beyond a limit. Python then raises a MemoryError.
 *
 * @param limit bytes
 * @returns a function that returns whether a request for memory was refused and more than half of the limit is in
 * use. Only the end of the process frees that memory.
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
