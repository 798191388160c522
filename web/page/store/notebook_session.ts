/**
 * A notebook that is open in the browser: the agent's own store, over the page's server.
 *
 * LiveStore's in-memory adapter for browsers does not say when it ends a store; ours does, and page and agent hold a notebook by the
 * same code (ARCHITECTURE.md tells what was measured).
 *
 * @module
 */

import { silentLogger } from "../../../src/logger.ts";
import { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { askRefusal } from "./ask_refusal.ts";
import { newPageId, SourceLog } from "./source_log.ts";

/** How the page stands to the sync server. */
export type Connection =
  | { state: "connected" }
  /** Another attempt follows. */
  | { state: "lost"; reason: string }
  /** There will be no other attempt; the page must be loaded again. */
  | { state: "ended"; reason: string };

/** How long leaving waits for what is still on its way, in milliseconds. */
const FLUSH_TIMEOUT_MS = 5_000;

/** An open notebook, or one that is being opened. */
export class NotebookSession {
  /** The notebook, once all of it is here. Rejects when the session is left before. */
  readonly notebook: Promise<NotebookStore>;
  /** What has been written into its cells, by whom. */
  readonly sources = new SourceLog(newPageId());
  readonly #leaving = new AbortController();
  #connection: Connection = { state: "connected" };
  #tell: (connection: Connection) => void = () => {};

  /** Begins to open a notebook. */
  constructor(notebookId: string) {
    const end = (reason: string) => this.#become({ state: "ended", reason });
    this.notebook = NotebookStore.open({
      notebookId,
      clientId: this.sources.self,
      syncUrl: `ws://${location.host}/livestore`,
      // The server puts in what the sync server wants to see.
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

  /** Whether the session was left. */
  get isLeft(): boolean {
    return this.#leaving.signal.aborted;
  }

  /** Tells one listener how the connection is, now and whenever it changes. */
  onConnection(tell: (connection: Connection) => void): void {
    this.#tell = tell;
    tell(this.#connection);
  }

  /** Closes the notebook, after what is on its way has arrived. */
  async leave(): Promise<void> {
    this.#leaving.abort(new Error("the notebook was closed"));
    const notebook = await this.notebook.catch(() => undefined);
    await notebook?.settled(AbortSignal.timeout(FLUSH_TIMEOUT_MS)).catch(() => {});
    await notebook?.close();
  }

  /** Every frame says "connected"; only changes are told. */
  #become(connection: Connection): void {
    if (connection.state === this.#connection.state) return;
    this.#connection = connection;
    this.#tell(connection);
  }
}

const waiting = new Map<string, NotebookSession>();

/** Keeps a session for the component that will show the notebook next. */
export function handOver(notebookId: string, session: NotebookSession): void {
  waiting.set(notebookId, session);
}

/** The session that was handed over, or a new one. */
export function takeOver(notebookId: string): NotebookSession {
  const session = waiting.get(notebookId) ?? new NotebookSession(notebookId);
  waiting.delete(notebookId);
  return session;
}
