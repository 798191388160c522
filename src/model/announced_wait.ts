/**
 * Announces waits to the person who watches a cell: once, and only if they last.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { ModelEvent } from "../execution/model.ts";

/** A wait that is announced once, when it has lasted a while. It begins with the constructor and may have several parts. */
export class AnnouncedWait {
  readonly #reason: () => string;
  readonly #cancel: () => void;
  #isDue = false;
  /** Interrupts the pending part, so that the wait can be announced. */
  #announce = () => {};
  #isOver = false;

  /**
   * Begins a wait.
   *
   * @param afterMs the time after which it is announced, in milliseconds
   * @param reason returns the sentence to announce; called at that time
   */
  constructor(clock: Clock, afterMs: number, reason: () => string) {
    this.#reason = reason;
    this.#cancel = clock.setTimer(() => {
      this.#isDue = true;
      this.#announce();
    }, afterMs);
  }

  /**
   * Awaits a part of the wait. Yields an event of the type `waiting` if the wait is announced meanwhile.
   *
   * @param awaited the part. If the consumer of the events stops early, it stays pending, and a later rejection is ignored
   * @returns the value of the part
   * @throws the error that the part rejects with
   */
  async *during<T>(awaited: Promise<T>): AsyncGenerator<ModelEvent, T> {
    if (this.#isOver) return await awaited;
    if (!await this.#isAnnounced(awaited)) return await awaited;
    this.end();
    yield { type: "waiting", reason: this.#reason() };
    return await awaited;
  }

  /** Whether the wait has to be announced before its part ends. `Promise.race` would keep all parts in memory until the wait ends. */
  #isAnnounced(awaited: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      this.#announce = () => resolve(true);
      awaited.then(() => resolve(false), () => resolve(false));
      if (this.#isDue) resolve(true);
    });
  }

  /** Ends the wait. After that it is not announced. */
  end(): void {
    this.#isOver = true;
    this.#cancel();
  }
}

/** Skips the announcement of a wait that continues for the same reason. */
export async function* skipRepeatedWaits(events: AsyncIterable<ModelEvent>): AsyncGenerator<ModelEvent> {
  let announced: string | undefined;
  for await (const event of events) {
    const reason = event.type === "waiting" ? event.reason : undefined;
    if (reason === undefined || reason !== announced) yield event;
    announced = reason;
  }
}
