/**
 * Waits until a model request may begin.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { RequestLimiter, RequestPermit } from "../async/request_limiter.ts";
import type { ModelEvent } from "../execution/model.ts";
import { AnnouncedWait } from "./announced_wait.ts";

/** A wait before a request is announced after this time, in milliseconds. A person does not notice a shorter wait. */
export const ANNOUNCE_WAIT_MS = 1_500;

/**
 * Yields the reason if the wait is long enough to be noticed.
 *
 * @returns the permit, which the caller has to release
 * @throws the signal's reason, when the signal is aborted first
 */
export async function* awaitPermit(
  limiter: RequestLimiter,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, RequestPermit> {
  const acquiring = limiter.acquire(signal);
  const wait = new AnnouncedWait(clock, ANNOUNCE_WAIT_MS, () => waitsInLine(limiter.limit));
  let permit: RequestPermit | undefined;
  try {
    return permit = yield* wait.during(acquiring);
  } finally {
    wait.end();
    // The caller has stopped reading, so it never receives the permit and cannot release it.
    if (permit === undefined) acquiring.then(({ release }) => release(), () => {});
  }
}

/** Says that the maximum number of requests is in flight. */
function waitsInLine(limit: number): string {
  const requests = limit === 1 ? "one model request" : `${limit} model requests`;
  return `AIPython sends ${requests} at a time (--max-concurrent-requests): this cell waits for its turn.`;
}
