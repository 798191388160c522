/**
 * What a kernel publishes before anybody listens.
 *
 * @module
 */

import type { Frames } from "../../zmtp/frame.ts";

/** The most messages, and the most bytes of them, that wait for the first subscriber; later ones are lost. */
const MAX_MESSAGES = 1_000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Keeps what is published until the first subscriber comes. A client connects its sockets one by one, and libzmq tries again only after a
 * while where a kernel does not listen yet: its first cell can arrive, and end, before its subscription does.
 */
export class UnheardMessages {
  #messages: Frames[] | undefined = [];
  #bytes = 0;

  /** Keeps a message, as long as nobody has subscribed. */
  add(message: Frames): void {
    if (this.#messages === undefined || this.#messages.length === MAX_MESSAGES) return;
    this.#bytes += message.reduce((sum, frame) => sum + frame.length, 0);
    if (this.#bytes <= MAX_BYTES) this.#messages.push(message);
  }

  /** Returns the messages, in order, for the first subscriber, and none after that. */
  take(): Frames[] {
    const messages = this.#messages ?? [];
    this.#messages = undefined;
    return messages;
  }
}
