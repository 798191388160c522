/**
 * Keeps commits out of LiveStore's session while that takes over what it is handed.
 *
 * When it is handed events of others, the session first sets its head, then waits for its pushing to stop, and only then rolls
 * its own pending events back. What is committed in between is written upon rows that are about to be rolled back, which ends the
 * store, or is never pushed. So it waits until the session is done.
 *
 * @module
 */

import { Effect, Stream } from "@livestore/utils/effect";

/** A gate that is closed while the session is busy. */
export class CommitGate<Event> {
  #isClosed = false;
  readonly #held: { events: readonly Event[]; commit: () => void }[] = [];

  /** The events whose commits wait, in order. */
  get held(): Event[] {
    return this.#held.flatMap(({ events }) => events);
  }

  /** Commits events now, or as soon as the session is done, in the order of the calls. */
  pass(events: readonly Event[], commit: () => void): void {
    if (this.#isClosed) this.#held.push({ events, commit });
    else commit();
  }

  /**
   * Passes on what is handed over, and closes the gate until the session asks for more.
   *
   * @param payloads what the session takes, one after the other
   */
  around<Item, Failure, Needs>(payloads: Stream.Stream<Item, Failure, Needs>): Stream.Stream<Item, Failure, Needs> {
    return Stream.fromPull(Effect.map(Stream.toPull(payloads), (pull) =>
      Effect.suspend(() => {
        this.#open();
        return Effect.tap(pull, () => Effect.sync(() => this.#isClosed = true));
      })));
  }

  #open(): void {
    // What is committed by whoever looks on comes last, too.
    for (let next; (next = this.#held[0]) !== undefined; this.#held.shift()) {
      try {
        next.commit();
      } catch (error) {
        // Nobody waits for it any more: it is an error that nothing has caught.
        reportError(error);
      }
    }
    this.#isClosed = false;
  }
}
