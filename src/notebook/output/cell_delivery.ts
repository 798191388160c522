/**
 * Delivers a cell's outputs: to the notebook while the cell runs, and the last of them together with its end.
 *
 * LiveStore has one batch on its way at a time. What is committed right behind another commit waits until that has come back, so a cell
 * would end a sync hop after its last output.
 *
 * @module
 */

import type { NotebookEvent } from "../notebook_store.ts";
import { MAX_BATCH_EVENTS, type OutboxTarget } from "./outbox.ts";

/** Where one cell's outputs go. */
export class CellDelivery implements OutboxTarget {
  readonly #notebook: OutboxTarget;
  /** What waits for the end, once that is near. */
  #last: NotebookEvent[] | undefined;

  /** @param notebook takes what does not wait */
  constructor(notebook: OutboxTarget) {
    this.#notebook = notebook;
  }

  /** The outputs that wait for the cell's end: whoever ends it commits them with that. */
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
