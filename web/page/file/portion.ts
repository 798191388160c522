/**
 * Events that are committed together, so many that the server can take them at a time.
 *
 * @module
 */

import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";

/** So many events, or so many characters of them, are waited for at a time. */
const PORTION = { events: 200, characters: 1_000_000 };

/** The portion that is being filled. */
export class Portion {
  readonly #notebook: NotebookStore;
  #events: NotebookEvent[] = [];
  #characters = 0;

  /** @param notebook what the events go into */
  constructor(notebook: NotebookStore) {
    this.#notebook = notebook;
  }

  /** Whether no more should be added before it is saved. */
  get isFull(): boolean {
    return this.#events.length >= PORTION.events || this.#characters >= PORTION.characters;
  }

  /** Adds events. */
  add(...events: NotebookEvent[]): void {
    this.#events.push(...events);
    this.#characters += JSON.stringify(events).length;
  }

  /** Commits what was added; it may still be on its way. */
  commit(): void {
    if (this.#events.length > 0) this.#notebook.commit(...this.#events);
    this.#events = [];
    this.#characters = 0;
  }

  /** Commits, and waits until the server has stored it. */
  async save(signal?: AbortSignal): Promise<void> {
    this.commit();
    await this.#notebook.settled(signal);
  }
}
