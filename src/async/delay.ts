/**
 * Waits for a fixed time.
 *
 * @module
 */

import type { Clock } from "./clock.ts";

/**
 * Resolves after a delay.
 *
 * @throws the signal's reason, as soon as it is aborted
 */
export function delay(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const onAbort = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.setTimer(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, delayMs);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
