/**
 * Holds commits back while LiveStore's session takes over events of other clients.
 *
 * Works around a fault of LiveStore 0.3.1's session (`@livestore/common`, `src/sync/ClientSessionSyncProcessor.ts`). When it has to
 * rebase, it first moves its head, then waits until its push has stopped, and then rolls its own pending events back. An event that
 * is committed while it waits is written to rows that are about to be rolled back. That ends the store, or the event is never pushed.
 * The gate holds such a commit until the session has finished.
 *
 * @module
 */

import { Effect, Stream } from "@livestore/utils/effect";

export class CommitGate<Event> {
  #isClosed = false;
  readonly #held: { events: readonly Event[]; commit: () => void }[] = [];

  /** The events of the commits that are being held, in order. */
  get held(): Event[] {
    return this.#held.flatMap(({ events }) => events);
  }

  /**
   * Makes a commit now, or as soon as the session has finished. Commits are made in the order of the calls.
   *
   * @param commit makes the commit; what it throws is thrown here, or reported as an uncaught error if the commit was held
   */
  pass(events: readonly Event[], commit: () => void): void {
    if (this.#isClosed) this.#held.push({ events, commit });
    else commit();
  }

  /**
   * Closes the gate when the session is given payloads, and opens it when the session asks for the next ones.
   *
   * @param payloads the events of other clients, for the session
   * @returns the same payloads
   */
  around<Item, Failure, Needs>(payloads: Stream.Stream<Item, Failure, Needs>): Stream.Stream<Item, Failure, Needs> {
    return Stream.fromPull(Effect.map(Stream.toPull(payloads), (pull) =>
      Effect.suspend(() => {
        this.#open();
        return Effect.tap(pull, () => Effect.sync(() => this.#isClosed = true));
      })));
  }

  #open(): void {
    // A subscriber may commit while these commits are made. The gate stays closed until then, so that its commit comes after them.
    for (let next; (next = this.#held[0]) !== undefined; this.#held.shift()) {
      try {
        next.commit();
      } catch (error) {
        // The caller of `pass` has gone on, so there is nobody to throw to.
        reportError(error);
      }
    }
    this.#isClosed = false;
  }
}
