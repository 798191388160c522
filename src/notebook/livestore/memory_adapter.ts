/**
 * A LiveStore adapter that keeps everything in this process's memory.
 *
 * LiveStore's own adapter for Node runs SQLite in 17 MB that cannot grow, which a notebook with a few megabytes of outputs
 * exhausts; it also ends every store of a notebook in a process when one of them fails. This one uses the build of SQLite
 * that browsers get, whose memory grows, and keeps stores apart.
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

/** Who writes, and how it is synced. */
export interface MemoryAdapterOptions {
  clientId: string;
  sessionId: string;
  /** Connects to the log. */
  startBackend(): SyncBackend;
  /** Goes around what the log hands to the session. */
  gate: Pick<CommitGate<unknown>, "around">;
}

/** Makes the adapter that `createStore({ adapter })` takes. Every store has a SQLite of its own. */
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
