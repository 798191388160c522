/**
 * A queue that receives the messages of several peers in turns ("fair-queuing" in RFC 28).
 *
 * @module
 */

import type { Limits } from "./limits.ts";

/** The limits for messages that wait to be received. */
export type QueueLimits = Pick<Limits, "receiveMessages" | "receiveBytes">;

/** The waiting items of one source. */
interface Line<Item> {
  readonly waiting: { readonly item: Item; readonly bytes: number }[];
  bytes: number;
  room?: PromiseWithResolvers<void>;
}

/** A queue with a limited line for each source. The sources take turns. */
export class FairQueue<Item> {
  readonly #limits: QueueLimits;
  /** The lines that are not empty, in the order of their turns. */
  readonly #lines = new Map<object, Line<Item>>();
  readonly #takers: ((item: Item | undefined) => void)[] = [];
  #isClosed = false;

  /** @param limits the limits for each source */
  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /**
   * Adds an item at the end of its source's line.
   *
   * @param bytes the size that counts towards the limit, in bytes
   * @returns nothing while the source may continue; otherwise a promise that resolves when it may
   */
  put(source: object, item: Item, bytes: number): Promise<void> | undefined {
    if (this.#isClosed) return;
    const taker = this.#takers.shift();
    if (taker !== undefined) {
      taker(item);
      return;
    }
    const line = this.#lines.get(source) ?? { waiting: [], bytes: 0 };
    this.#lines.set(source, line);
    line.waiting.push({ item, bytes });
    line.bytes += bytes;
    if (this.#hasRoom(line)) return;
    line.room = Promise.withResolvers();
    return line.room.promise;
  }

  /** Waits for the next item; `undefined` when the queue is closed. */
  take(): Promise<Item | undefined> {
    const [next] = this.#lines;
    if (next === undefined) {
      return this.#isClosed ? Promise.resolve(undefined) : new Promise((resolve) => this.#takers.push(resolve));
    }
    const [source, line] = next;
    const { item, bytes } = line.waiting.shift()!;
    line.bytes -= bytes;
    this.#lines.delete(source);
    if (line.waiting.length > 0) this.#lines.set(source, line);
    if (this.#hasRoom(line)) line.room?.resolve();
    return Promise.resolve(item);
  }

  /** Receives items until the queue is closed. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, void> {
    for (let item; (item = await this.take()) !== undefined;) yield item;
  }

  /** Discards all waiting items, and resolves all pending calls. */
  close(): void {
    this.#isClosed = true;
    for (const taker of this.#takers.splice(0)) taker(undefined);
    for (const { room } of this.#lines.values()) room?.resolve();
    this.#lines.clear();
  }

  #hasRoom({ waiting, bytes }: Line<Item>): boolean {
    return waiting.length < this.#limits.receiveMessages && bytes < this.#limits.receiveBytes;
  }
}
