/**
 * Events on their way to LiveStore, which asks for them a chunk at a time.
 *
 * @module
 */

import type { StoredEvent } from "./frames.ts";
import type { Notifier } from "../../async/notifier.ts";

/** The most events in a chunk: LiveStore rolls back and forward once a chunk, and nobody else gets a turn within one. */
const CHUNK_EVENTS = 250;

/** What LiveStore is handed: events that continue the log, and how many more are waiting behind them. */
export interface PullChunk {
  events: StoredEvent[];
  /** 0 where the log, as far as it is known, ends with these. */
  remaining: number;
}

/** Holds events back until a pull is complete, so that the number of those that remain is known. */
export class PullQueue {
  readonly #changes: Notifier;
  readonly #isUpToDate: () => boolean;
  #waiting: StoredEvent[] = [];
  #owesMore = false;
  #handedOut = false;

  /**
   * @param changes notified whenever events were added or `isUpToDate` may have changed
   * @param isUpToDate whether no pull is under way
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
   * Waits for the next chunk. What arrives between two calls becomes one chunk, so that LiveStore rebases once.
   *
   * @returns a chunk that is never empty, but for the very first one of an empty notebook
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
