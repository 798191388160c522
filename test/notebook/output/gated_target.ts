/**
 * A target for an outbox that keeps its batches, and confirms their arrival only when the test says so.
 *
 * @module
 */

import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import type { OutboxTarget } from "../../../src/notebook/output/outbox.ts";
import { Notifier } from "../../../src/async/notifier.ts";

/** The time after which holds() fails, in milliseconds. A hang would not show which batch is missing. */
const GIVE_UP_AFTER_MS = 10_000;

/** A notebook without a server. */
export class GatedTarget implements OutboxTarget {
  /** The committed events, one list per commit. */
  readonly batches: NotebookEvent[][] = [];
  readonly #changes = new Notifier();
  #arrived = 0;
  #failure: Error | undefined;

  /** Takes a batch, or throws after failWith(). */
  commit(...events: NotebookEvent[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.batches.push(events);
    this.#changes.notify();
  }

  /** Resolves when every batch has arrived. */
  async settled(signal?: AbortSignal): Promise<void> {
    await this.#changes.until(() => this.#arrived === this.batches.length, signal);
  }

  /** Confirms the arrival of everything committed so far. */
  arrive(): void {
    this.#arrived = this.batches.length;
    this.#changes.notify();
  }

  /**
   * Resolves once this number of batches was committed.
   *
   * @throws {Error} if they are not committed in time
   */
  async holds(batches: number): Promise<void> {
    const late = new AbortController();
    const timer = setTimeout(
      () => late.abort(new Error(`${this.batches.length} batches were committed, not ${batches}.`)),
      GIVE_UP_AFTER_MS,
    );
    try {
      await this.#changes.until(() => this.batches.length >= batches, late.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Makes every further commit throw this error. After `undefined`, commits work again. */
  failWith(failure: Error | undefined): void {
    this.#failure = failure;
  }
}
