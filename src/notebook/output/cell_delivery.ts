/**
 * Delivers a cell's outputs: to the notebook while the cell runs, and the last ones together with the event that ends the cell.
 *
 * LiveStore has one batch in flight at a time. An event that is committed right after another waits until the first has been confirmed.
 * Without this class a cell would therefore end one round trip after its last output.
 *
 * @module
 */

import type { NotebookEvent } from "../notebook_store.ts";
import { MAX_BATCH_EVENTS, type OutboxTarget } from "./outbox.ts";

export class CellDelivery implements OutboxTarget {
  readonly #notebook: OutboxTarget;
  /** The outputs that are held back; `undefined` before the end of the cell is near. */
  #last: NotebookEvent[] | undefined;

  /** @param notebook receives the outputs that are not held back */
  constructor(notebook: OutboxTarget) {
    this.#notebook = notebook;
  }

  /** The outputs that are held back. The caller has to commit them together with the cell's end. */
  get last(): readonly NotebookEvent[] {
    return this.#last ?? [];
  }

  commit(...events: NotebookEvent[]): void {
    if (this.#last === undefined) return this.#notebook.commit(...events);
    this.#last.push(...events);
    if (this.#last.length > MAX_BATCH_EVENTS) this.#notebook.commit(...this.#last.splice(0, MAX_BATCH_EVENTS));
  }

  settled(signal?: AbortSignal): Promise<void> {
    return this.#notebook.settled(signal);
  }

  ending(): void {
    this.#last ??= [];
  }
}
