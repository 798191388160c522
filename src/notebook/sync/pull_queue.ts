/**
 * Queues the events for LiveStore, which requests them in chunks.
 *
 * @module
 */

import type { StoredEvent } from "./frames.ts";
import type { Notifier } from "../../async/notifier.ts";

/** The largest number of events in a chunk. LiveStore rebases once for each chunk, and blocks the process while it does. */
const CHUNK_EVENTS = 250;

/** Events that continue the log, and the number of those that are still queued. */
export interface PullChunk {
  events: StoredEvent[];
  /** 0 if these are the last events of the log, as far as it is known. */
  remaining: number;
}

/** Holds events back until a pull is complete, because only then the number of remaining events is known. */
export class PullQueue {
  readonly #changes: Notifier;
  readonly #isUpToDate: () => boolean;
  #waiting: StoredEvent[] = [];
  #owesMore = false;
  #handedOut = false;

  /**
   * @param changes notified when events were added or `isUpToDate` may have changed
   * @param isUpToDate whether no pull is in flight
   */
  constructor(changes: Notifier, isUpToDate: () => boolean) {
    this.#changes = changes;
    this.#isUpToDate = isUpToDate;
  }

  /** Adds events that continue the log. */
  add(events: readonly StoredEvent[]): void {
    for (const event of events) this.#waiting.push(event);
    this.#changes.notify();
  }

  /**
   * Waits for the next chunk. Events that arrive between two calls form one chunk, so that LiveStore rebases only once.
   *
   * @returns a chunk that is not empty, except for the first one of an empty notebook
   */
  async next(): Promise<PullChunk> {
    await this.#changes.until(() => this.#isReady());
    this.#handedOut = true;
    const events = this.#waiting.slice(0, CHUNK_EVENTS);
    this.#waiting = this.#waiting.slice(CHUNK_EVENTS);
    this.#owesMore = this.#waiting.length > 0;
    return { events, remaining: this.#waiting.length };
  }

  #isReady(): boolean {
    if (this.#owesMore) return true;
    return this.#isUpToDate() && (this.#waiting.length > 0 || !this.#handedOut);
  }
}
