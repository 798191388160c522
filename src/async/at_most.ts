/**
 * Waiting for something, but not for long.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import { delay } from "./delay.ts";

/**
 * Resolves when something is done, or after a while.
 *
 * @param clock measures the while
 * @param work what is waited for; it goes on if it takes longer
 * @param delayMs how long, in milliseconds
 * @throws what the work rejects with, if it does so in time
 */
export async function atMost(clock: Clock, work: Promise<void>, delayMs: number): Promise<void> {
  const done = new AbortController();
  try {
    await Promise.race([work, delay(clock, delayMs, done.signal).catch(() => {})]);
  } finally {
    done.abort();
  }
}
