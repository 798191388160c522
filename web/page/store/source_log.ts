/**
 * The sources of all cells in the notebook's log.
 *
 * @module
 */

import { events } from "../../../src/notebook/schema/mod.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { beginHistory, type SourceEvent, type SourceHistory, takeSource } from "./source_history.ts";

/** The prefix of client ids of pages that merge. Agents, other apps and earlier versions of the page use other ids. */
const PAGE_PREFIX = "merging-page-";

export interface SourceChange {
  cellId: string;
  event: SourceEvent;
  after: SourceHistory;
}

/** Creates the client id of a page. */
export function newPageId(): string {
  return `${PAGE_PREFIX}${crypto.randomUUID()}`;
}

export class SourceLog {
  /** The client id of this page. */
  readonly self: string;
  readonly #histories = new Map<string, SourceHistory>();
  readonly #deleted = new Set<string>();
  #notify: (change: SourceChange) => void = () => {};

  constructor(self: string) {
    this.self = self;
  }

  /** Returns a cell's history. `undefined` if the cell has no sources. */
  of(cellId: string): SourceHistory | undefined {
    return this.#histories.get(cellId);
  }

  /** Calls one listener with every new source. */
  listen(listener: (change: SourceChange) => void): void {
    this.#notify = listener;
  }

  /** Applies the next events of the log. */
  take(stored: readonly StoredEvent[]): void {
    for (const { name, args, clientId } of stored) {
      const { id, source } = (args ?? {}) as { id?: unknown; source?: unknown };
      if (typeof id !== "string") continue;
      if (name === events.cellDeleted.name) this.#deleted.add(id);
      // Sources that arrive after a cell was deleted continue its history. A new cell with the same id starts a new history.
      if (isCreation(name) && this.#deleted.delete(id)) this.#histories.delete(id);
      if (name !== events.cellSourceChanged.name || typeof source !== "string") continue;
      const event = { author: clientId, source, isPage: clientId.startsWith(PAGE_PREFIX) };
      const after = takeSource(this.#histories.get(id) ?? beginHistory(), event);
      this.#histories.set(id, after);
      this.#notify({ cellId: id, event, after });
    }
  }
}

function isCreation(name: string): boolean {
  return name === events.cellCreated1.name || name === events.cellCreated2.name;
}
