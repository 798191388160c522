/**
 * The sources of all cells, as the notebook's log has them.
 *
 * @module
 */

import { events } from "../../../src/notebook/schema/mod.ts";
import type { StoredEvent } from "../../../src/notebook/sync/frames.ts";
import { beginHistory, type SourceEvent, type SourceHistory, takeSource } from "./source_history.ts";

/** What the client ids of pages begin with that merge; those of agents, of other apps and of earlier pages do not. */
const PAGE_PREFIX = "merging-page-";

/** A source that has come into the log. */
export interface SourceChange {
  cellId: string;
  event: SourceEvent;
  after: SourceHistory;
}

/** Makes the client id of a page. */
export function newPageId(): string {
  return `${PAGE_PREFIX}${crypto.randomUUID()}`;
}

/** Follows the sources of cells. */
export class SourceLog {
  /** The client id of this page. */
  readonly self: string;
  readonly #histories = new Map<string, SourceHistory>();
  readonly #deleted = new Set<string>();
  #tell: (change: SourceChange) => void = () => {};

  /** @param self the client id of this page */
  constructor(self: string) {
    this.self = self;
  }

  /** A cell's history; absent if nothing has been written into the cell. */
  of(cellId: string): SourceHistory | undefined {
    return this.#histories.get(cellId);
  }

  /** Tells one listener of every source that comes. */
  listen(tell: (change: SourceChange) => void): void {
    this.#tell = tell;
  }

  /** Takes events that continue the log. */
  take(stored: readonly StoredEvent[]): void {
    for (const { name, args, clientId } of stored) {
      const { id, source } = (args ?? {}) as { id?: unknown; source?: unknown };
      if (typeof id !== "string") continue;
      if (name === events.cellDeleted.name) this.#deleted.add(id);
      // What was on its way into a cell that was deleted goes on from its text; a cell of the same id begins anew.
      if (isCreation(name) && this.#deleted.delete(id)) this.#histories.delete(id);
      if (name !== events.cellSourceChanged.name || typeof source !== "string") continue;
      const event = { author: clientId, source, isPage: clientId.startsWith(PAGE_PREFIX) };
      const after = takeSource(this.#histories.get(id) ?? beginHistory(), event);
      this.#histories.set(id, after);
      this.#tell({ cellId: id, event, after });
    }
  }
}

function isCreation(name: string): boolean {
  return name === events.cellCreated1.name || name === events.cellCreated2.name;
}
