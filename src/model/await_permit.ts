/**
 * Waits for the turn of a model request.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { RequestLimiter, RequestPermit } from "../async/request_limiter.ts";
import type { ModelEvent } from "../execution/model.ts";
import { ToldWait } from "./told_wait.ts";

/** From how long a wait before a request is told, in milliseconds: a shorter one nobody wonders about. */
export const TELLING_WAIT_MS = 1_500;

/**
 * Waits until a request may begin, and says so where a person would notice.
 *
 * @param limiter grants the permit
 * @param clock measures how long the wait takes
 * @param signal aborts the wait
 * @returns the permit, which the caller releases
 * @throws the signal's reason, when it is aborted first
 */
export async function* awaitPermit(
  limiter: RequestLimiter,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, RequestPermit> {
  const acquiring = limiter.acquire(signal);
  const wait = new ToldWait(clock, TELLING_WAIT_MS, () => waitsInLine(limiter.limit));
  let permit: RequestPermit | undefined;
  try {
    return permit = yield* wait.during(acquiring);
  } finally {
    wait.end();
    // The caller reads no further, so it cannot give the permit back.
    if (permit === undefined) acquiring.then(({ release }) => release(), () => {});
  }
}

/** Says that as many requests as may be are under way. */
function waitsInLine(limit: number): string {
  const requests = limit === 1 ? "one model request" : `${limit} model requests`;
  return `AIPython sends ${requests} at a time (--max-concurrent-requests): this cell waits for its turn.`;
}
