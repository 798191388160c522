/**
 * Lets go of the events that LiveStore's leader has handed to its session.
 *
 * The leader keeps all of them, for sessions that may join it later; ours has one session, from its beginning to its end. Its list is
 * out of reach, but the events in it are the ones that are handed over, so it is those that are emptied.
 *
 * @module
 */

import { Effect, Stream } from "@livestore/utils/effect";

interface HandedEvent {
  seqNum: { global: number };
}

/** What a leader hands over, as far as it matters here. */
interface Handed {
  payload: { newEvents: readonly HandedEvent[]; rollbackEvents?: readonly HandedEvent[] };
}

/** How many payloads stay whole in any case. Leader and session are busy with the last one or two. */
const KEPT = 100;

/**
 * Passes payloads on, and empties the events of each one once {@linkcode KEPT} others have come after it and the server holds them:
 * nobody will push or roll back such an event.
 *
 * @param confirmed the place in the log up to which the server holds everything
 */
export function forgetPayloads<Item extends Handed, Failure, Needs>(
  payloads: Stream.Stream<Item, Failure, Needs>,
  confirmed: Effect.Effect<number>,
): Stream.Stream<Item, Failure, Needs> {
  const kept: HandedEvent[][] = [];
  return Stream.tap(payloads, ({ payload: { newEvents, rollbackEvents = [] } }) =>
    Effect.map(confirmed, (head) => {
      kept.push([...newEvents, ...rollbackEvents]);
      while (kept.length > KEPT && kept[0].every(({ seqNum }) => seqNum.global <= head)) kept.shift()?.forEach(empty);
    }));
}

/** Leaves of an event its place alone. */
function empty(event: HandedEvent): void {
  for (const key of Object.keys(event)) {
    if (key !== "seqNum") Object.assign(event, { [key]: undefined });
  }
}
