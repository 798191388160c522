/**
 * Waits that a person is told of: once, and only if they last.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { ModelEvent } from "../execution/model.ts";

/** A wait that is told of once, when it has lasted a while. It begins when it is made, and may be made of several parts. */
export class ToldWait {
  readonly #reason: () => string;
  readonly #cancel: () => void;
  #isDue = false;
  /** Ends the part that is being awaited, once the wait is to be told. */
  #tell = () => {};
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
    this.#cancel = clock.setTimer(() => {
      this.#isDue = true;
      this.#tell();
    }, afterMs);
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
    if (!await this.#isTold(awaited)) return await awaited;
    this.end();
    yield { type: "waiting", reason: this.#reason() };
    return await awaited;
  }

  /** Whether the wait is to be told before its part is over. A race would keep every part for as long as the wait. */
  #isTold(awaited: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve) => {
      this.#tell = () => resolve(true);
      awaited.then(() => resolve(false), () => resolve(false));
      if (this.#isDue) resolve(true);
    });
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
