/**
 * Waits no longer than a test can.
 *
 * @module
 */

/** How long a cell may take before a test fails, in milliseconds: far longer than any takes. */
const PATIENCE_MS = 60_000;

/**
 * Resolves as a promise does.
 *
 * @param signal aborts the wait; without one it is waited to the end
 * @throws {Error} when that takes too long; the signal's reason
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
