/**
 * A notebook that is open in the browser. It uses the agent's store through the page's server.
 *
 * LiveStore's in-memory adapter for browsers does not report when it ends a store; ours does. It also lets the page and the agent
 * hold a notebook with the same code. ARCHITECTURE.md gives the measurements.
 *
 * @module
 */

import { silentLogger } from "../../../src/logger.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { askRefusal } from "./ask_refusal.ts";
import { newPageId, SourceLog } from "./source_log.ts";

/** The state of the page's connection to the sync server. */
export type Connection =
  | { state: "connected" }
  /** Another attempt follows. */
  | { state: "lost"; reason: string }
  /** There is no further attempt; the page must be loaded again. */
  | { state: "ended"; reason: string };

/** How long leaving waits for events that are not stored yet, in milliseconds. */
const FLUSH_TIMEOUT_MS = 5_000;

export class NotebookSession {
  /** The notebook once all of it is loaded. Rejects if the session is left before that. */
  readonly notebook: Promise<NotebookStore>;
  /** The sources of its cells and their authors. */
  readonly sources = new SourceLog(newPageId());
  readonly #leaving = new AbortController();
  #connection: Connection = { state: "connected" };
  #notify: (connection: Connection) => void = () => {};

  constructor(notebookId: string) {
    const end = (reason: string) => this.#become({ state: "ended", reason });
    this.notebook = NotebookStore.open({
      notebookId,
      clientId: this.sources.self,
      syncUrl: `ws://${location.host}/livestore`,
      // The server adds the payload for the sync server.
      payload: {},
      onEvents: (events) => this.sources.take(events),
      onHeard: () => this.#become({ state: "connected" }),
      onLost: (reason) => this.#become({ state: "lost", reason }),
      askRefusal,
      onRefused: (refusal) => end(refusal.message),
      onFailed: end,
      logger: silentLogger,
    }, this.#leaving.signal);
    this.notebook.catch(() => {});
  }

  get isLeft(): boolean {
    return this.#leaving.signal.aborted;
  }

  /** Calls one listener with the state of the connection, now and whenever it changes. */
  onConnection(listener: (connection: Connection) => void): void {
    this.#notify = listener;
    listener(this.#connection);
  }

  /** Closes the notebook once its pending events are stored. */
  async leave(): Promise<void> {
    this.#leaving.abort(new Error("the notebook was closed"));
    const notebook = await this.notebook.catch(() => undefined);
    await notebook?.settled(AbortSignal.timeout(FLUSH_TIMEOUT_MS)).catch(() => {});
    await notebook?.close();
  }

  /** Records a state. Every frame reports "connected", so only changes are passed on. */
  #become(connection: Connection): void {
    if (connection.state === this.#connection.state) return;
    this.#connection = connection;
    this.#notify(connection);
  }
}

const waiting = new Map<string, NotebookSession>();

/** Keeps a session for the component that will show the notebook next. */
export function handOver(notebookId: string, session: NotebookSession): void {
  waiting.set(notebookId, session);
}

/** Returns the session that was handed over, or a new one. */
export function takeOver(notebookId: string): NotebookSession {
  const session = waiting.get(notebookId) ?? new NotebookSession(notebookId);
  waiting.delete(notebookId);
  return session;
}
