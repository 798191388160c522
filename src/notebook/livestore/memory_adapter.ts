/**
 * A LiveStore adapter that keeps everything in the memory of this process, in Deno and in browsers.
 *
 * Replaces `makeAdapter` of `@livestore/adapter-node` 0.3.1 (`src/client-session/adapter.ts`) and `makeInMemoryAdapter` of
 * `@livestore/adapter-web` 0.3.1 (`src/in-memory/in-memory-adapter.ts`). The first runs SQLite in 17 MB of memory that cannot grow, and
 * a few megabytes of outputs fill it. It also depends on Vite. Both share something between the stores of a process: when one store
 * fails, the first ends all others of the same notebook through a `BroadcastChannel`, and the second runs all stores in one SQLite.
 * Here each store has its own SQLite, whose memory grows.
 *
 * @module
 */

import { type Adapter, makeClientSession, UnexpectedError } from "@livestore/common";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Effect, FetchHttpClient, SubscriptionRef } from "@livestore/utils/effect";
import type { CommitGate } from "./commit_gate.ts";
import { startDirectLeader } from "./direct_leader.ts";
import { loadSqlite } from "./load_sqlite.ts";
import { reuseStatements } from "./prepared_statements.ts";
import type { SyncBackend } from "../sync/sync_backend.ts";

export interface MemoryAdapterOptions {
  /** The client that commits, unique among the notebook's clients. */
  clientId: string;
  /** The LiveStore session of this client. */
  sessionId: string;
  /** Connects to the log. Called once for each store, and closed with it. */
  startBackend(): SyncBackend;
  /** Wraps the stream of events that the session takes over. */
  gate: Pick<CommitGate<unknown>, "around">;
}

/** Makes an adapter for `createStore({ adapter })`. */
export function makeMemoryAdapter({ clientId, sessionId, startBackend, gate }: MemoryAdapterOptions): Adapter {
  return (args) =>
    Effect.gen(function* () {
      const sqlite3 = yield* Effect.promise(loadSqlite);
      const db = yield* sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" });
      const backend = yield* Effect.acquireRelease(Effect.sync(startBackend), ({ close }) => Effect.sync(close));
      const leader = yield* startDirectLeader(
        args.schema,
        reuseStatements(db, sqlite3, db.metadata.dbPointer),
        backend,
      );
      return yield* makeClientSession({
        ...args,
        sqliteDb: db,
        clientId,
        sessionId,
        isLeader: true,
        leaderThread: { ...leader, events: { ...leader.events, pull: () => gate.around(leader.events.pull()) } },
        lockStatus: yield* SubscriptionRef.make<"has-lock" | "no-lock">("has-lock"),
        webmeshMode: "direct",
        connectWebmeshNode: () => Effect.void,
        registerBeforeUnload: () => () => {},
      });
    }).pipe(UnexpectedError.mapToUnexpectedError, Effect.provide(FetchHttpClient.layer));
}
