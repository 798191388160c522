/**
 * Awaits a promise until a signal is aborted.
 *
 * @module
 */

/**
 * Resolves or rejects as a promise does. The work behind the promise continues after an abort.
 *
 * @throws the signal's reason, as soon as it is aborted
 */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
