/**
 * Waiting between attempts, unless there is nothing left to attempt.
 *
 * @module
 */

/** Resolves after `ms` milliseconds, or at once when the signal is aborted. It never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
