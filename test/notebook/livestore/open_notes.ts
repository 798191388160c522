/**
 * Opens notes in a real LiveStore store, over the adapter of this package.
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

/** How long a test waits before it fails, in milliseconds: far longer than anything takes. */
const PATIENCE_MS = 30_000;

/** Options of a store in a test. All but the backend have a default. */
export interface NotesOptions {
  backend: SyncBackend;
  clientId?: string;
  /** LiveStore's id of the notebook. Default: `notes`. */
  storeId?: string;
  /** How many events go to the log at a time. Default: 50. */
  pushEvents?: number;
  /** Goes around what the log hands to the session. */
  gate?: Pick<CommitGate<unknown>, "around">;
  /** Makes the store's adapter. Default: the one of this package. */
  adapter?: Adapter;
  /** Provides the tracing that LiveStore wants. Default: none. */
  tracing?: typeof withoutTracing;
  /** Default: a silent one. */
  logger?: Logger;
  /** Gives up opening. */
  signal?: AbortSignal;
  /** Called whenever the materializer runs. */
  onNote?(text: string): void;
  /** Called with how each push of the session has ended. */
  onPushed?(exit: Exit.Exit<void, unknown>): void;
}

/** Opens notes; rejects when LiveStore cannot. */
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

/** Notes in one store. */
export class Notes implements AsyncDisposable {
  readonly store: Store<ReturnType<typeof makeNotesSchema>>;
  /** Resolves with the end of the store: a failure, unless it was closed. */
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

  /** The texts of all notes, as the store's tables have them now. */
  get texts(): string[] {
    return this.store.query(queryDb(allNotes)).map(({ text }) => text);
  }

  /** How many commits the log is not known to hold. */
  get pending(): number {
    return Effect.runSync(this.store.syncProcessor.syncState).pending.length;
  }

  /** Commits notes, one after the other. */
  add(...texts: string[]): void {
    for (const text of texts) this.store.commit(noteAdded({ text }));
  }

  /** Waits until these are all notes, in this order, and the log has all commits; fails with what differs. */
  async become(...texts: string[]): Promise<void> {
    await this.until(() => this.pending === 0 && this.texts.join("\n") === texts.join("\n")).catch(() => {});
    assert.deepEqual({ texts: this.texts, pending: this.pending }, { texts, pending: 0 });
  }

  /** Waits until a condition holds, which is looked at whenever the notes or the commits that are pending have changed. */
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
