/**
 * Groups events into commits that the server can store at a time.
 *
 * @module
 */

import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";

/** The size of a portion after which the page waits for the server: a number of events, or of characters in them. */
const PORTION = { events: 200, characters: 1_000_000 };

export class Portion {
  readonly #notebook: NotebookStore;
  #events: NotebookEvent[] = [];
  #characters = 0;

  constructor(notebook: NotebookStore) {
    this.#notebook = notebook;
  }

  /** Whether the portion should be saved before more is added. */
  get isFull(): boolean {
    return this.#events.length >= PORTION.events || this.#characters >= PORTION.characters;
  }

  add(...events: NotebookEvent[]): void {
    this.#events.push(...events);
    this.#characters += JSON.stringify(events).length;
  }

  /** Commits the events without waiting until they are stored. */
  commit(): void {
    if (this.#events.length > 0) this.#notebook.commit(...this.#events);
    this.#events = [];
    this.#characters = 0;
  }

  /** Commits the events and waits until the server has stored them. */
  async save(signal?: AbortSignal): Promise<void> {
    this.commit();
    await this.#notebook.settled(signal);
  }
}
