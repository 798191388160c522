/**
 * The messages that a kernel publishes before it has a subscriber.
 *
 * @module
 */

import type { Frames } from "../../zmtp/frame.ts";

/** The maximum number of messages, and of bytes, that are kept for the first subscriber; later messages are lost. */
const MAX_MESSAGES = 1_000;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Keeps published messages until there is a subscriber. A client connects its sockets one by one, and libzmq waits between attempts if the
 * kernel is not listening yet. So the client's first cell can arrive, and even end, before its subscription does.
 */
export class UnheardMessages {
  #messages: Frames[] | undefined = [];
  #bytes = 0;

  /** Keeps a message, if there was no subscriber yet. */
  add(message: Frames): void {
    if (this.#messages === undefined || this.#messages.length === MAX_MESSAGES) return;
    this.#bytes += message.reduce((sum, frame) => sum + frame.length, 0);
    if (this.#bytes <= MAX_BYTES) this.#messages.push(message);
  }

  /** Returns the messages in order at the first call, and none later. */
  take(): Frames[] {
    const messages = this.#messages ?? [];
    this.#messages = undefined;
    return messages;
  }
}
