/**
 * Joins pieces of text that arrive faster than a front end can show them.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { StreamName } from "../../execution/execution_context.ts";

/** The interval between two messages of text, in milliseconds: half of ipykernel's. */
const PACE_MS = 100;

/** The longest text that is held back, in characters. */
const MAX_HELD = 64 * 1024;

/** Sends the first piece immediately, and joins the following ones. */
export class TextPace {
  readonly #clock: Clock;
  readonly #send: (name: StreamName, text: string) => void;
  #held: { name: StreamName; text: string } | undefined;
  #sentAt = -Infinity;
  #cancelTimer = () => {};

  constructor(clock: Clock, send: (name: StreamName, text: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  add(name: StreamName, text: string): void {
    if (this.#held !== undefined && this.#held.name !== name) this.flush();
    const whole = `${this.#held?.text ?? ""}${text}`;
    const waitMs = this.#sentAt + PACE_MS - this.#clock.now();
    const isFirst = this.#held === undefined;
    this.#held = { name, text: whole };
    if (waitMs <= 0 || whole.length > MAX_HELD) return this.flush();
    if (isFirst) this.#cancelTimer = this.#clock.setTimer(() => this.flush(), waitMs);
  }

  /** Sends the text that is held back, for example because another output follows. */
  flush(): void {
    this.#cancelTimer();
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return;
    this.#sentAt = this.#clock.now();
    this.#send(held.name, held.text);
  }
}
