/**
 * Waiting for something, but not for too long.
 *
 * @module
 */

import type { Clock } from "./clock.ts";
import { delay } from "./delay.ts";

/**
 * Waits for something, but for no longer than a time.
 *
 * @param clock measures the time
 * @param work what is waited for; where it takes longer, it goes on
 * @param ms the time, in milliseconds
 * @throws what the work rejects with in that time
 */
export async function atMost(clock: Clock, work: Promise<void>, ms: number): Promise<void> {
  const done = new AbortController();
  try {
    await Promise.race([work, delay(clock, ms, done.signal).catch(() => {})]);
  } finally {
    done.abort();
  }
}
