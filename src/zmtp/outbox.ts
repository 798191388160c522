/**
 * Queues the messages for one peer: in order, in whole messages, with a limit.
 *
 * @module
 */

import { joinBytes } from "../join_bytes.ts";
import type { Limits } from "./limits.ts";

/**
 * The outcome of sending a message: it was `written` to the operating system, it was `dropped` because too many messages wait for the
 * peer, or the peer is `gone` before the message was completely written.
 */
export type SendOutcome = "written" | "dropped" | "gone";

/** The limits for messages that wait to be sent. */
export type OutboxLimits = Pick<Limits, "sendMessages" | "sendBytes">;

/** The number of bytes of small messages that are joined to one write. */
const JOINED_BYTES = 64 * 1024;

interface Waiting {
  readonly bytes: Uint8Array;
  readonly settle: (outcome: SendOutcome) => void;
}

/** A queue of encoded messages with one write in progress. */
export class Outbox {
  readonly #write: (bytes: Uint8Array) => Promise<boolean>;
  readonly #limits: OutboxLimits;
  #waiting: Waiting[] = [];
  /** The messages of the write in progress. */
  #inFlight: Waiting[] = [];
  #bytes = 0;
  #isClosed = false;
  #idle: PromiseWithResolvers<void> | undefined;

  /** @param write writes bytes. Resolves when they are written, or with `false` if the peer is gone */
  constructor(write: (bytes: Uint8Array) => Promise<boolean>, limits: OutboxLimits) {
    this.#write = write;
    this.#limits = limits;
  }

  /** Queues an encoded message or drops it. The bytes must not be changed any more. */
  send(bytes: Uint8Array): Promise<SendOutcome> {
    if (this.#isClosed) return Promise.resolve("gone");
    if (!this.#hasRoomFor(bytes.length)) return Promise.resolve("dropped");
    const { promise, resolve } = Promise.withResolvers<SendOutcome>();
    this.#bytes += bytes.length;
    this.#waiting.push({ bytes, settle: resolve });
    if (this.#inFlight.length === 0) void this.#pump();
    return promise;
  }

  /** Resolves when no message waits any more. */
  idle(): Promise<void> {
    if (this.#inFlight.length === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers();
    return this.#idle.promise;
  }

  /** Discards all waiting messages, because the peer is gone. */
  close(): void {
    this.#isClosed = true;
    for (const { settle } of [...this.#inFlight, ...this.#waiting]) settle("gone");
    this.#waiting = [];
    this.#inFlight = [];
    this.#idle?.resolve();
  }

  #hasRoomFor(length: number): boolean {
    const count = this.#waiting.length + this.#inFlight.length;
    return count === 0 || (count < this.#limits.sendMessages && this.#bytes + length <= this.#limits.sendBytes);
  }

  async #pump(): Promise<void> {
    while (this.#waiting.length > 0) {
      this.#inFlight = this.#waiting.splice(0, this.#joinable());
      const pieces = this.#inFlight.map(({ bytes }) => bytes);
      const isWritten = await this.#write(pieces.length === 1 ? pieces[0] : joinBytes(pieces));
      if (this.#isClosed) return;
      if (!isWritten) return this.close();
      for (const { bytes, settle } of this.#inFlight) {
        this.#bytes -= bytes.length;
        settle("written");
      }
      this.#inFlight = [];
    }
    this.#idle?.resolve();
    this.#idle = undefined;
  }

  /** The number of messages in the next write: one, or as many small ones as fit. */
  #joinable(): number {
    let length = 0;
    const first = this.#waiting.findIndex(({ bytes }) => (length += bytes.length) > JOINED_BYTES);
    return first === -1 ? this.#waiting.length : Math.max(1, first);
  }
}
