/**
 * Waits for work until it is interrupted; the work itself continues.
 *
 * @module
 */

/**
 * Waits for a promise until the signal is aborted.
 *
 * @throws the signal's reason, as soon as it is aborted
 */
export async function interruptible<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
