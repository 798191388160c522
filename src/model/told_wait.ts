/**
 * Waits that a person is told of: once, and only if they last.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { ModelEvent } from "../execution/model.ts";

/** A wait that is told of once, when it has lasted a while. It begins when it is made, and may be made of several parts. */
export class ToldWait {
  readonly #told = Promise.withResolvers<"told">();
  readonly #reason: () => string;
  readonly #cancel: () => void;
  #isOver = false;

  /**
   * Begins the wait.
   *
   * @param clock measures it
   * @param afterMs from how long it is told, in milliseconds
   * @param reason says what is waited for, at that time
   */
  constructor(clock: Clock, afterMs: number, reason: () => string) {
    this.#reason = reason;
    this.#cancel = clock.setTimer(() => this.#told.resolve("told"), afterMs);
  }

  /**
   * Awaits a part of it.
   *
   * @param awaited may be left pending when the reader of the events leaves; it then rejects unheard
   * @returns what was awaited
   * @throws what it rejects with
   */
  async *during<T>(awaited: Promise<T>): AsyncGenerator<ModelEvent, T> {
    if (this.#isOver) return await awaited;
    awaited.catch(() => {});
    const first = await Promise.race([awaited.then((value) => ({ value })), this.#told.promise]);
    if (first !== "told") return first.value;
    this.end();
    yield { type: "waiting", reason: this.#reason() };
    return await awaited;
  }

  /** Ends the wait, so that it is not told any more. */
  end(): void {
    this.#isOver = true;
    this.#cancel();
  }
}

/** Leaves out what has just been told: a wait that goes on for the same reason. */
export async function* tellOnce(events: AsyncIterable<ModelEvent>): AsyncGenerator<ModelEvent> {
  let told: string | undefined;
  for await (const event of events) {
    const reason = event.type === "waiting" ? event.reason : undefined;
    if (reason === undefined || reason !== told) yield event;
    told = reason;
  }
}
