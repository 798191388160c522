/**
 * A notebook as this process holds it: its tables, kept in step with the sync server.
 *
 * @module
 */

import {
  createStore,
  type LiveStoreEvent,
  makeShutdownDeferred,
  type QueryBuilder,
  queryDb,
  type Store,
} from "@livestore/livestore";
import { Cause, Deferred, Effect, Exit, Fiber, Schema, Scope, Stream } from "@livestore/utils/effect";
import type { Logger } from "../logger.ts";
import { CommitGate } from "./livestore/commit_gate.ts";
import { effectLogger } from "./livestore/effect_logger.ts";
import { makeMemoryAdapter } from "./livestore/memory_adapter.ts";
import { withoutTracing } from "./livestore/no_tracing.ts";
import { canDecode } from "./schema/can_decode.ts";
import { unreadableEvent } from "./schema/events.ts";
import { schema } from "./schema/mod.ts";
import { storableEvent } from "./storable_event.ts";
import type { StoredEvent } from "./sync/frames.ts";
import { type Clock, systemClock } from "../async/clock.ts";
import { Notifier } from "../async/notifier.ts";
import type { LogReplacement } from "./sync/replaced_log.ts";
import { startSyncBackend } from "./sync/sync_backend.ts";
import { socketUrl } from "./sync/sync_url.ts";

/** How many events go to the server at a time, at most: LiveStore's own default. */
const PUSH_EVENTS = 50;

/** LiveStore's session id; this client has just one session, so it is always the same. */
const LIVESTORE_SESSION_ID = "static";

/** What is needed to open a notebook. */
export interface NotebookStoreOptions {
  /** The notebook's id, which is LiveStore's store id. */
  notebookId: string;
  /** Who writes: unique among the notebook's clients and not numeric. */
  clientId: string;
  /** The WebSocket base of the sync server. */
  syncUrl: string;
  /** What the server checks before it lets us in. */
  payload: { [key: string]: string | boolean };
  /** The server has said something: it is there, and it has let us in. Called at every frame. */
  onHeard?(): void;
  /** Nothing is missing of the log that the server has. Called whenever that is found. */
  onUpToDate?(): void;
  /** Told of the log's events as they arrive, also of those that this version cannot read. */
  onEvents?(events: readonly StoredEvent[]): void;
  /** There is no connection to the server, and why; another attempt follows. */
  onLost?(reason: string): void;
  /** Asks whether the server refuses the credentials, after a socket could not be opened. Default: it does not. */
  askRefusal?(signal: AbortSignal): Promise<Error | undefined>;
  /** The server refused the credentials, at the start or on a later reconnect, as `askRefusal` has found. */
  onRefused?(refusal: Error): void;
  /** The server's log is no longer the one that was read. Nothing is written or read any more. */
  onReplaced?(replacement: LogReplacement): void;
  /** LiveStore has ended the store because of a fault, and says which. Nothing can be read or written any more. */
  onFailed?(fault: string): void;
  logger: Logger;
  /** Measures every wait. Default: the machine's clock. */
  clock?: Clock;
}

/** A query in SQL, with the schema of its rows and the tables it reads. */
export interface SqlQuery<Rows> {
  query: string;
  // deno-lint-ignore no-explicit-any -- LiveStore's own type for what comes from SQLite
  schema: Schema.Schema<Rows, readonly any[]>;
  queriedTables: Set<string>;
  /** Values of the named parameters, without the dollar sign; every one must stand in the query. */
  bindValues?: Record<string, string | number | null>;
}

/** An event to commit, as `events.cellCreated2({...})` makes it. */
export type NotebookEvent = LiveStoreEvent.PartialForSchema<typeof schema>;

/** An open notebook. */
export class NotebookStore {
  readonly #store: Store<typeof schema>;
  readonly #gate: CommitGate<NotebookEvent>;
  readonly #progress: Notifier;
  readonly #watcher: Fiber.RuntimeFiber<void>;
  #closing = false;

  private constructor(store: Store<typeof schema>, gate: CommitGate<NotebookEvent>, progress: Notifier) {
    this.#store = store;
    this.#gate = gate;
    this.#progress = progress;
    // LiveStore queues its session's states for whoever looks on; read, they tell of progress, unread they are a leak.
    const watching = Stream.runForEach(
      store.syncProcessor.syncState.changes,
      () => Effect.sync(() => progress.notify()),
    );
    this.#watcher = Effect.runFork(watching);
  }

  /**
   * Connects, pulls the whole notebook and opens it.
   *
   * @param signal gives up; the promise then rejects
   */
  static async open(options: NotebookStoreOptions, signal: AbortSignal): Promise<NotebookStore> {
    const progress = new Notifier();
    const gate = new CommitGate<NotebookEvent>();
    const adapter = makeMemoryAdapter({
      clientId: options.clientId,
      sessionId: LIVESTORE_SESSION_ID,
      gate,
      startBackend: () =>
        startSyncBackend({
          url: socketUrl(options.syncUrl, options.notebookId, options.payload),
          unreadableEvent: unreadableEvent.name,
          isReadable: canDecode,
          onHeard: () => options.onHeard?.(),
          onUpToDate: () => options.onUpToDate?.(),
          onEvents: (events) => options.onEvents?.(events),
          onLost: (reason) => options.onLost?.(reason),
          askRefusal: options.askRefusal,
          onRefused: options.onRefused,
          onReplaced: options.onReplaced,
          logger: options.logger,
          clock: options.clock ?? systemClock,
        }),
    });
    const scope = await Effect.runPromise(Scope.make());
    const shutdownDeferred = await Effect.runPromise(makeShutdownDeferred);
    try {
      const store = await Effect.runPromise(
        createStore({
          adapter,
          schema,
          storeId: options.notebookId,
          shutdownDeferred,
          disableDevtools: true,
          params: { leaderPushBatchSize: PUSH_EVENTS },
          batchUpdates: (run) => run(),
        }).pipe(Scope.extend(scope), withoutTracing, Effect.provide(effectLogger(options.logger))),
        { signal },
      );
      const notebook = new NotebookStore(store, gate, progress);
      void Effect.runPromiseExit(Deferred.await(shutdownDeferred)).then((exit) => {
        if (!notebook.#closing && Exit.isFailure(exit)) options.onFailed?.(Cause.pretty(exit.cause));
      });
      return notebook;
    } catch (error) {
      await Effect.runPromise(Scope.close(scope, Exit.void));
      signal.throwIfAborted();
      throw error;
    }
  }

  /** Runs a query of the query builder. */
  get query(): Store<typeof schema>["query"] {
    return this.#store.query;
  }

  /** Runs a query in SQL, for what the query builder cannot say. */
  select<Rows>({ query, schema, bindValues = {} }: SqlQuery<Rows>): Rows {
    return Schema.decodeUnknownSync(schema)(this.#store.query({ query, bindValues }));
  }

  /**
   * Calls back now, and whenever the rows of a query have changed.
   *
   * @param query keep it narrow: its rows are read again at every commit that touches its tables
   * @returns ends it; it may be called again
   */
  watch<Rows>(query: SqlQuery<Rows> | QueryBuilder.Any, onUpdate: (rows: Rows) => void): () => void {
    let stop: (() => void) | undefined = this.#store.subscribe(queryDb(query as SqlQuery<Rows>), { onUpdate });
    return () => {
      // LiveStore counts its subscribers: one that is taken off twice stays for ever.
      stop?.();
      stop = undefined;
    };
  }

  /**
   * Writes events, as one transaction. They are visible here at once, unless others' events are just being taken over, then right after
   * that; and on the server once it is reached. Characters that would be lost on the way are replaced.
   *
   * @throws {RangeError} when an event holds a number that JSON cannot write; none of the events is committed then
   */
  commit(...events: NotebookEvent[]): void {
    const stored = events.map((event) => storableEvent(event));
    this.#gate.pass(stored, () => this.#store.commit(...stored));
  }

  /**
   * Waits until everything that was committed is visible here.
   *
   * @throws the signal's reason, once it is aborted
   */
  async applied(signal?: AbortSignal): Promise<void> {
    await this.#progress.until(() => this.#gate.held.length === 0, signal);
  }

  /** Whether the server holds everything that was committed, and we hold what it had before that. */
  get isSettled(): boolean {
    return this.#gate.held.length === 0 && Effect.runSync(this.#store.syncProcessor.syncState).pending.length === 0;
  }

  /** The names of the events that were committed and that the server is not known to hold, in order. */
  get pendingEvents(): string[] {
    const { pending } = Effect.runSync(this.#store.syncProcessor.syncState);
    return [...pending, ...this.#gate.held].map(({ name }) => name);
  }

  /**
   * Waits until {@linkcode NotebookStore.isSettled}; while the server cannot be reached, that is until it can.
   *
   * @throws the signal's reason, once it is aborted
   */
  async settled(signal?: AbortSignal): Promise<void> {
    await this.#progress.until(() => this.isSettled, signal);
  }

  /** Closes the connection. What was not settled by then is lost. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await Effect.runPromise(Fiber.interrupt(this.#watcher));
    await this.#store.shutdown();
  }
}
