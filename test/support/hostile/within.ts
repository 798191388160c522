/**
 * Waits for a promise with a time limit.
 *
 * @module
 */

/** The time limit for a cell, in milliseconds: far longer than any cell takes. */
const PATIENCE_MS = 60_000;

/**
 * Returns the result of a promise.
 *
 * @param what the subject of the error message
 * @param signal aborts the wait
 * @throws {Error} the time limit was exceeded; the signal's reason
 */
export async function within<T>(promise: Promise<T>, what: string, signal?: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`${what} has not ended in ${PATIENCE_MS / 1_000} s`)),
    PATIENCE_MS,
  );
  const abort = () => late.reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
