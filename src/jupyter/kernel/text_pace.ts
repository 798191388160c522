/**
 * Joins pieces of text that arrive faster than a front end needs them.
 *
 * @module
 */

import type { Clock } from "../../async/clock.ts";
import type { StreamName } from "../../execution/execution_context.ts";

/** How often text is sent, in milliseconds: twice as often as ipykernel does. */
const PACE_MS = 100;

/** The longest text that is held back, in characters. */
const MAX_HELD = 64 * 1024;

/** Sends the first piece at once, and those that follow it soon as one. */
export class TextPace {
  readonly #clock: Clock;
  readonly #send: (name: StreamName, text: string) => void;
  #held: { name: StreamName; text: string } | undefined;
  #sentAt = -Infinity;
  #cancelTimer = () => {};

  /** @param send takes what is to be sent now */
  constructor(clock: Clock, send: (name: StreamName, text: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Takes a piece. */
  add(name: StreamName, text: string): void {
    if (this.#held !== undefined && this.#held.name !== name) this.flush();
    const whole = `${this.#held?.text ?? ""}${text}`;
    const waitMs = this.#sentAt + PACE_MS - this.#clock.now();
    const isFirst = this.#held === undefined;
    this.#held = { name, text: whole };
    if (waitMs <= 0 || whole.length > MAX_HELD) return this.flush();
    if (isFirst) this.#cancelTimer = this.#clock.setTimer(() => this.flush(), waitMs);
  }

  /** Sends what is held back: something else follows it. */
  flush(): void {
    this.#cancelTimer();
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return;
    this.#sentAt = this.#clock.now();
    this.#send(held.name, held.text);
  }
}
