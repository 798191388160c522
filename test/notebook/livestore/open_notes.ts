/**
 * Opens notes in a real LiveStore store over this package's adapter.
 *
 * @module
 */

import assert from "node:assert/strict";
import { type Adapter, createStore, makeShutdownDeferred, queryDb, type Store } from "@livestore/livestore";
import { Deferred, Effect, Exit, Fiber, Scope, Stream } from "@livestore/utils/effect";
import { Notifier } from "../../../src/async/notifier.ts";
import { type Logger, silentLogger } from "../../../src/logger.ts";
import { CommitGate } from "../../../src/notebook/livestore/commit_gate.ts";
import { effectLogger } from "../../../src/notebook/livestore/effect_logger.ts";
import { makeMemoryAdapter } from "../../../src/notebook/livestore/memory_adapter.ts";
import { withoutTracing } from "../../../src/notebook/livestore/no_tracing.ts";
import type { SyncBackend } from "../../../src/notebook/sync/sync_backend.ts";
import { allNotes, makeNotesSchema, noteAdded } from "./notes.ts";

/** The time after which a test that waits fails, in milliseconds. It is far longer than any step takes. */
const PATIENCE_MS = 30_000;

/** Options of a store in a test. All except the backend have a default. */
export interface NotesOptions {
  backend: SyncBackend;
  clientId?: string;
  /** The notebook's id in LiveStore. Default: `notes`. */
  storeId?: string;
  /** The largest number of events in a push. Default: 50. */
  pushEvents?: number;
  /** The gate around the events that the log hands to the session. Default: a new one. */
  gate?: Pick<CommitGate<unknown>, "around">;
  /** The store's adapter. Default: this package's. */
  adapter?: Adapter;
  /** Provides the tracing that LiveStore requires. Default: no tracing. */
  tracing?: typeof withoutTracing;
  /** Default: a silent logger. */
  logger?: Logger;
  /** Aborts the opening. */
  signal?: AbortSignal;
  /** Called whenever the materializer runs. */
  onNote?(text: string): void;
  /** Called with the outcome of each push of the session. */
  onPushed?(exit: Exit.Exit<void, unknown>): void;
}

/** Opens notes. Rejects if LiveStore cannot open the store. */
export async function openNotes(options: NotesOptions): Promise<Notes> {
  const { backend, clientId = "ada", storeId = "notes", pushEvents = 50, onPushed, onNote } = options;
  const { tracing = withoutTracing, logger = silentLogger } = options;
  const gate = options.gate ?? new CommitGate<unknown>();
  const adapter = options.adapter ??
    makeMemoryAdapter({ clientId, sessionId: "session", startBackend: () => backend, gate });
  const scope = await Effect.runPromise(Scope.make());
  const shutdownDeferred = await Effect.runPromise(makeShutdownDeferred);
  const opening = createStore({
    adapter: onPushed === undefined ? adapter : watchPushes(adapter, onPushed),
    schema: makeNotesSchema(onNote),
    storeId,
    shutdownDeferred,
    disableDevtools: true,
    params: { leaderPushBatchSize: pushEvents },
  });
  try {
    const store = await Effect.runPromise(
      opening.pipe(Scope.extend(scope), tracing, Effect.provide(effectLogger(logger))),
      { signal: options.signal },
    );
    return new Notes(store, Effect.runPromiseExit(Deferred.await(shutdownDeferred)));
  } catch (error) {
    await Effect.runPromise(Scope.close(scope, Exit.void));
    throw error;
  }
}

/** The notes in one store. */
export class Notes implements AsyncDisposable {
  readonly store: Store<ReturnType<typeof makeNotesSchema>>;
  /** Resolves with the end of the store, which is a failure unless the store was closed. */
  readonly ended: Promise<Exit.Exit<unknown, unknown>>;
  readonly #changes = new Notifier();
  readonly #watcher: Fiber.RuntimeFiber<void>;

  constructor(store: Store<ReturnType<typeof makeNotesSchema>>, ended: Promise<Exit.Exit<unknown, unknown>>) {
    this.store = store;
    this.ended = ended;
    store.subscribe(queryDb(allNotes), { onUpdate: () => this.#changes.notify() });
    const { changes } = store.syncProcessor.syncState;
    this.#watcher = Effect.runFork(Stream.runForEach(changes, () => Effect.sync(() => this.#changes.notify())));
  }

  /** The texts of all notes that are now in the store's tables. */
  get texts(): string[] {
    return this.store.query(queryDb(allNotes)).map(({ text }) => text);
  }

  /** The number of commits that the log is not known to have. */
  get pending(): number {
    return Effect.runSync(this.store.syncProcessor.syncState).pending.length;
  }

  /** Commits notes, one after the other. */
  add(...texts: string[]): void {
    for (const text of texts) this.store.commit(noteAdded({ text }));
  }

  /**
   * Waits until the notes are exactly these, in this order, and the log has all commits. Fails with the differences.
   */
  async become(...texts: string[]): Promise<void> {
    await this.until(() => this.pending === 0 && this.texts.join("\n") === texts.join("\n")).catch(() => {});
    assert.deepEqual({ texts: this.texts, pending: this.pending }, { texts, pending: 0 });
  }

  /** Waits until a condition holds. It is checked whenever the notes or the pending commits have changed. */
  async until(condition: () => boolean): Promise<void> {
    await this.#changes.until(condition, AbortSignal.timeout(PATIENCE_MS));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Effect.runPromise(Fiber.interrupt(this.#watcher));
    await this.store.shutdown();
  }
}

function watchPushes(adapter: Adapter, onPushed: (exit: Exit.Exit<void, unknown>) => void): Adapter {
  return (args) =>
    Effect.map(adapter(args), (session) => {
      const { events } = session.leaderThread;
      const push: typeof events.push = (batch) =>
        Effect.onExit(events.push(batch), (exit) => Effect.sync(() => onPushed(exit)));
      return { ...session, leaderThread: { ...session.leaderThread, events: { ...events, push } } };
    });
}
