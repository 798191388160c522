/**
 * Waits for work with a time limit.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import { delay } from "./delay.ts";

/**
 * Resolves when the work is done, or after the time limit.
 *
 * @param work continues after the time limit
 * @param delayMs the time limit, in milliseconds
 * @throws the error of the work, if it rejects within the time limit
 */
export async function atMost(clock: Clock, work: Promise<void>, delayMs: number): Promise<void> {
  const done = new AbortController();
  try {
    await Promise.race([work, delay(clock, delayMs, done.signal).catch(() => {})]);
  } finally {
    done.abort();
  }
}
