/**
 * A LiveStore adapter that keeps everything in this process's memory.
 *
 * LiveStore's own adapter for Node runs SQLite in 17 MB that cannot grow, which a notebook with a few megabytes of outputs
 * exhausts; it also ends every store of a notebook in a process when one of them fails. This one uses the build of SQLite
 * that browsers get, whose memory grows, and keeps stores apart.
 *
 * @module
 */

import { type Adapter, makeClientSession, type SyncOptions, UnexpectedError } from "@livestore/common";
import { configureConnection, Eventlog, LeaderThreadCtx, makeLeaderThreadLayer } from "@livestore/common/leader-thread";
import { LiveStoreEvent } from "@livestore/common/schema";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Cause, Effect, FetchHttpClient, Layer, SubscriptionRef, WebChannel } from "@livestore/utils/effect";
import type { CommitGate } from "./commit_gate.ts";
import { forgetPayloads } from "./forgotten_payloads.ts";
import { loadSqlite } from "./load_sqlite.ts";
import { reuseStatements } from "./prepared_statements.ts";
import { untraced } from "./untraced.ts";

/** Who writes, and how it is synced. */
export interface MemoryAdapterOptions {
  clientId: string;
  sessionId: string;
  sync: SyncOptions;
  /** Goes around what the leader hands to the session. */
  gate: Pick<CommitGate<unknown>, "around">;
}

type AdapterArgs = Parameters<Adapter>[0];

/** Makes the adapter that `createStore({ adapter })` takes. Every store has a SQLite of its own. */
export function makeMemoryAdapter({ clientId, sessionId, sync, gate }: MemoryAdapterOptions): Adapter {
  return (args) =>
    Effect.gen(function* () {
      const makeSqliteDb = sqliteFactory(yield* Effect.promise(loadSqlite));
      const sessionDb = yield* makeSqliteDb({ _tag: "in-memory" });
      const leader = yield* untraced(startLeader(args, makeSqliteDb, { clientId, sync, gate }));
      sessionDb.import(leader.snapshot);
      return yield* makeClientSession({
        ...args,
        sqliteDb: sessionDb,
        clientId,
        sessionId,
        isLeader: true,
        leaderThread: leader.proxy,
        lockStatus: yield* SubscriptionRef.make<"has-lock" | "no-lock">("has-lock"),
        webmeshMode: "direct",
        connectWebmeshNode: () => Effect.void,
        registerBeforeUnload: () => () => {},
      });
    }).pipe(UnexpectedError.mapToUnexpectedError, Effect.provide(FetchHttpClient.layer));
}

/** Starts the part of LiveStore that talks to the sync backend, and waits until it has pulled everything. */
function startLeader(
  { schema, storeId, syncPayload, shutdown }: AdapterArgs,
  makeSqliteDb: SqliteFactory,
  { clientId, sync: syncOptions, gate }: Omit<MemoryAdapterOptions, "sessionId">,
) {
  return Effect.gen(function* () {
    const runtime = yield* Effect.runtime<never>();
    const makeDb = makeSqliteDb({
      _tag: "in-memory",
      configureDb: (db) => configureConnection(db, { foreignKeys: true }).pipe(Effect.provide(runtime), Effect.runSync),
    });
    const layer = makeLeaderThreadLayer({
      schema,
      storeId,
      clientId,
      syncPayload,
      syncOptions,
      makeSqliteDb,
      dbState: yield* makeDb,
      dbEventlog: yield* makeDb,
      devtoolsOptions: { enabled: false },
      // What ends the leader ends this store, and no other.
      shutdownChannel: {
        ...yield* WebChannel.noopChannel(),
        send: (cause: UnexpectedError) => shutdown(Cause.fail(cause)),
      } as unknown as Parameters<typeof makeLeaderThreadLayer>[0]["shutdownChannel"],
    });
    return yield* connectToLeader(gate).pipe(Effect.provide(yield* Layer.build(layer)));
  });
}

/** How the session, which answers queries and takes commits, speaks to the leader. */
const connectToLeader = (gate: MemoryAdapterOptions["gate"]) =>
  Effect.gen(function* () {
    const { dbState, dbEventlog, syncProcessor, initialState } = yield* LeaderThreadCtx;
    const confirmed = Effect.map(syncProcessor.syncState, ({ upstreamHead }) => upstreamHead.global);
    const proxy: Parameters<typeof makeClientSession>[0]["leaderThread"] = {
      events: {
        pull: ({ cursor }) => gate.around(forgetPayloads(syncProcessor.pull({ cursor }), confirmed)),
        push: (batch) =>
          syncProcessor.push(batch.map((event) => new LiveStoreEvent.EncodedWithMeta(event)), {
            waitForProcessing: true,
          }),
      },
      initialState: {
        leaderHead: Eventlog.getClientHeadFromDb(dbEventlog),
        migrationsReport: initialState.migrationsReport,
      },
      export: Effect.sync(() => dbState.export()),
      getEventlogData: Effect.sync(() => dbEventlog.export()),
      getSyncState: syncProcessor.syncState,
      sendDevtoolsMessage: () => Effect.void,
    };
    return { proxy, snapshot: dbState.export() };
  });

type SqliteFactory = ReturnType<typeof sqliteDbFactory>;

/** Makes databases of one SQLite. */
function sqliteFactory(sqlite3: Awaited<ReturnType<typeof loadSqlite>>): SqliteFactory {
  const makeDb = sqliteDbFactory({ sqlite3 });
  const makeSqliteDb = (input: Parameters<SqliteFactory>[0]) =>
    Effect.map(makeDb(input), (db) => reuseStatements(db, sqlite3, db.metadata.dbPointer));
  // TypeScript cannot see that the kind of a database stays what it was.
  return makeSqliteDb as SqliteFactory;
}
