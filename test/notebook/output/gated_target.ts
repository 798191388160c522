/**
 * A target for an outbox that keeps what it is given, and says that a batch has arrived only when the test does.
 *
 * @module
 */

import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import type { OutboxTarget } from "../../../src/notebook/output/outbox.ts";
import { Notifier } from "../../../src/async/notifier.ts";

/** After this long, in milliseconds, a batch does not come any more; a hang would not say which. */
const GIVE_UP_AFTER_MS = 10_000;

/** A notebook without a server. */
export class GatedTarget implements OutboxTarget {
  /** The committed events, commit by commit. */
  readonly batches: NotebookEvent[][] = [];
  readonly #changes = new Notifier();
  #arrived = 0;
  #failure: Error | undefined;

  /** Takes a batch, or fails if the test asked for it. */
  commit(...events: NotebookEvent[]): void {
    if (this.#failure !== undefined) throw this.#failure;
    this.batches.push(events);
    this.#changes.notify();
  }

  /** Resolves when every batch has arrived. */
  async settled(signal?: AbortSignal): Promise<void> {
    await this.#changes.until(() => this.#arrived === this.batches.length, signal);
  }

  /** Says that everything committed so far has arrived. */
  arrive(): void {
    this.#arrived = this.batches.length;
    this.#changes.notify();
  }

  /**
   * Resolves when that many batches were committed.
   *
   * @throws Error when they are not
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

  /** Makes every further commit throw; `undefined` makes it work again. */
  failWith(failure: Error | undefined): void {
    this.#failure = failure;
  }
}
