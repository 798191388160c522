/**
 * A notebook's tables in this process, synchronized with the sync server.
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

/** The number of events that are sent to the server in one batch, at most: LiveStore's own default. */
const PUSH_EVENTS = 50;

/** LiveStore's session id. It is always the same, because this client has only one session. */
const LIVESTORE_SESSION_ID = "static";

export interface NotebookStoreOptions {
  /** The notebook's id, which is LiveStore's store id. */
  notebookId: string;
  /** The id of this client. It must be unique among the notebook's clients and not numeric. */
  clientId: string;
  /** The sync server's WebSocket base URL. */
  syncUrl: string;
  /** The credentials that the server checks. */
  payload: { [key: string]: string | boolean };
  /** Called at every frame from the server: it is reachable and has accepted the credentials. */
  onHeard?(): void;
  /** Called whenever all known events of the server's log have been received. */
  onUpToDate?(): void;
  /** Called with the log's events as they arrive, including those that this version cannot read. */
  onEvents?(events: readonly StoredEvent[]): void;
  /** Called when the connection is lost or cannot be opened. Another attempt follows. */
  onLost?(reason: string): void;
  /** Asks whether the server refuses the credentials, after a socket could not be opened. Default: it is assumed not to. */
  askRefusal?(signal: AbortSignal): Promise<Error | undefined>;
  /** Called when `askRefusal` has found that the server refuses the credentials, at the start or after a lost connection. */
  onRefused?(refusal: Error): void;
  /** Called when the server's log is no longer the one that was read. Then no events are read or written any more. */
  onReplaced?(replacement: LogReplacement): void;
  /** Called when LiveStore has shut down the store because of a fault. Then no events are read or written any more. */
  onFailed?(fault: string): void;
  logger: Logger;
  /** The clock for all delays. Default: the system's. */
  clock?: Clock;
}

/** An SQL query, with the schema of its rows and the tables that it reads. */
export interface SqlQuery<Rows> {
  query: string;
  // deno-lint-ignore no-explicit-any -- LiveStore's own type for what comes from SQLite
  schema: Schema.Schema<Rows, readonly any[]>;
  queriedTables: Set<string>;
  /** Values of the named parameters, without the dollar sign. Each name must occur in the query. */
  bindValues?: Record<string, string | number | null>;
}

/** An event to commit, made for example by `events.cellCreated2({...})`. */
export type NotebookEvent = LiveStoreEvent.PartialForSchema<typeof schema>;

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
    // LiveStore queues the states of its session. They have to be read, or memory leaks. Each one is a sign of progress.
    const watching = Stream.runForEach(
      store.syncProcessor.syncState.changes,
      () => Effect.sync(() => progress.notify()),
    );
    this.#watcher = Effect.runFork(watching);
  }

  /** Connects to the server, pulls the whole notebook and opens it. */
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

  /** Runs a query made with the query builder. */
  get query(): Store<typeof schema>["query"] {
    return this.#store.query;
  }

  /** Runs an SQL query, where the query builder is not enough. */
  select<Rows>({ query, schema, bindValues = {} }: SqlQuery<Rows>): Rows {
    return Schema.decodeUnknownSync(schema)(this.#store.query({ query, bindValues }));
  }

  /**
   * Calls back immediately, and again whenever the rows of a query change.
   *
   * @param query should be narrow: its rows are read again at every commit that touches its tables
   * @returns a function that stops the calls; calling it twice is allowed
   */
  watch<Rows>(query: SqlQuery<Rows> | QueryBuilder.Any, onUpdate: (rows: Rows) => void): () => void {
    let stop: (() => void) | undefined = this.#store.subscribe(queryDb(query as SqlQuery<Rows>), { onUpdate });
    return () => {
      // LiveStore counts its subscribers. One that is removed twice would never be released.
      stop?.();
      stop = undefined;
    };
  }

  /**
   * Commits events as one transaction. They are visible here immediately, or right after events of other clients that are being applied at
   * that moment. The server receives them as soon as it is reachable. Replaces characters that cannot be stored.
   *
   * @throws {RangeError} if an event contains a number that JSON cannot represent; then none of the events is committed
   */
  commit(...events: NotebookEvent[]): void {
    const stored = events.map((event) => storableEvent(event));
    this.#gate.pass(stored, () => this.#store.commit(...stored));
  }

  /**
   * Waits until all committed events are visible here.
   *
   * @throws the signal's reason, if it is aborted
   */
  async applied(signal?: AbortSignal): Promise<void> {
    await this.#progress.until(() => this.#gate.held.length === 0, signal);
  }

  /** Whether the server has stored everything that was committed, and everything before that has been received. */
  get isSettled(): boolean {
    return this.#gate.held.length === 0 && Effect.runSync(this.#store.syncProcessor.syncState).pending.length === 0;
  }

  /** The names of the committed events that the server has not confirmed, in order. */
  get pendingEvents(): string[] {
    const { pending } = Effect.runSync(this.#store.syncProcessor.syncState);
    return [...pending, ...this.#gate.held].map(({ name }) => name);
  }

  /**
   * Waits until {@linkcode NotebookStore.isSettled}. Keeps waiting while the server cannot be reached.
   *
   * @throws the signal's reason, if it is aborted
   */
  async settled(signal?: AbortSignal): Promise<void> {
    await this.#progress.until(() => this.isSettled, signal);
  }

  /** Closes the connection. Events that were not settled are lost. */
  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await Effect.runPromise(Fiber.interrupt(this.#watcher));
    await this.#store.shutdown();
  }
}
