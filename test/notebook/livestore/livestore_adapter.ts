/**
 * LiveStore's own leader and SQLite, put together as in `@livestore/adapter-web` 0.3.1, `src/in-memory/in-memory-adapter.ts`, for
 * comparison with ours.
 *
 * @module
 */

import {
  type Adapter,
  InvalidPushError,
  makeClientSession,
  type SyncBackend,
  UnexpectedError,
} from "@livestore/common";
import {
  configureConnection,
  Eventlog,
  LeaderThreadCtx,
  makeLeaderThreadLayer,
  type ShutdownChannel,
} from "@livestore/common/leader-thread";
import { LiveStoreEvent } from "@livestore/common/schema";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Effect, FetchHttpClient, Layer, Option, Stream, SubscriptionRef, WebChannel } from "@livestore/utils/effect";
import * as WaSqlite from "@livestore/wa-sqlite";
import SqliteModule from "@livestore/wa-sqlite/dist/wa-sqlite.mjs";
import type { SyncBackend as OurSyncBackend } from "../../../src/notebook/sync/sync_backend.ts";

type ShutdownMessage = typeof ShutdownChannel.All.Type;

/** Loads LiveStore's SQLite: its functions, and its module. */
export async function loadLiveStoreSqlite() {
  const module = await SqliteModule();
  return Object.assign(WaSqlite.Factory(module), { module });
}

/** Makes an adapter from LiveStore's parts. */
export function makeLiveStoreAdapter(clientId: string, backend: OurSyncBackend): Adapter {
  return (args) =>
    Effect.gen(function* () {
      const { schema, storeId, syncPayload } = args;
      const makeSqliteDb = sqliteDbFactory({ sqlite3: yield* Effect.promise(loadLiveStoreSqlite) });
      const sqliteDb = yield* makeSqliteDb({ _tag: "in-memory" });
      const runtime = yield* Effect.runtime<never>();
      const makeDb = makeSqliteDb({
        _tag: "in-memory",
        configureDb: (db) =>
          configureConnection(db, { foreignKeys: true }).pipe(Effect.provide(runtime), Effect.runSync),
      });
      const [dbState, dbEventlog] = [yield* makeDb, yield* makeDb];
      const layer = makeLeaderThreadLayer({
        schema,
        storeId,
        clientId,
        makeSqliteDb,
        syncPayload,
        syncOptions: {
          backend: () => Effect.map(SubscriptionRef.make(true), (isConnected) => syncBackend(backend, isConnected)),
          initialSyncOptions: { _tag: "Blocking", timeout: 60_000 },
        },
        dbState,
        dbEventlog,
        devtoolsOptions: { enabled: false },
        shutdownChannel: yield* WebChannel.noopChannel<ShutdownMessage, ShutdownMessage>(),
      });
      const { syncProcessor, extraIncomingMessagesQueue, initialState } = yield* Effect.provide(
        LeaderThreadCtx,
        yield* Layer.build(layer),
      );
      const leaderHead = Eventlog.getClientHeadFromDb(dbEventlog);
      sqliteDb.import(dbState.export());
      return yield* makeClientSession({
        ...args,
        sqliteDb,
        clientId,
        sessionId: "session",
        isLeader: true,
        leaderThread: {
          events: {
            pull: ({ cursor }) => syncProcessor.pull({ cursor }),
            push: (batch) =>
              syncProcessor.push(batch.map((event) => new LiveStoreEvent.EncodedWithMeta(event)), {
                waitForProcessing: true,
              }),
          },
          initialState: { leaderHead, migrationsReport: initialState.migrationsReport },
          export: Effect.sync(() => dbState.export()),
          getEventlogData: Effect.sync(() => dbEventlog.export()),
          getSyncState: syncProcessor.syncState,
          sendDevtoolsMessage: (message) => extraIncomingMessagesQueue.offer(message),
        },
        lockStatus: yield* SubscriptionRef.make<"has-lock" | "no-lock">("has-lock"),
        webmeshMode: "direct",
        connectWebmeshNode: () => Effect.void,
        registerBeforeUnload: () => () => {},
      });
    }).pipe(UnexpectedError.mapToUnexpectedError, Effect.provide(FetchHttpClient.layer));
}

/** Converts a sync backend of ours for LiveStore's leader. */
function syncBackend(backend: OurSyncBackend, isConnected: SyncBackend["isConnected"]): SyncBackend {
  return {
    connect: Effect.void,
    pull: () =>
      Stream.map(Stream.repeatEffect(Effect.promise(() => backend.next())), ({ events, remaining }) => ({
        batch: events.map(({ name, args, seqNum, parentSeqNum, clientId, sessionId }) => ({
          eventEncoded: LiveStoreEvent.AnyEncodedGlobal.make({
            name,
            args,
            seqNum: seqNum as never,
            parentSeqNum: parentSeqNum as never,
            clientId,
            sessionId,
          }),
          metadata: Option.none(),
        })),
        remaining,
      })),
    push: (batch) =>
      Effect.flatMap(
        Effect.promise((signal) => backend.push(batch as never, signal)),
        (outcome) => outcome === "done" ? Effect.void : Effect.fail(serverAhead(batch[0].seqNum)),
      ),
    isConnected,
    metadata: { name: "log", description: "a log in this process" },
  };
}

function serverAhead(seqNum: number): InvalidPushError {
  return InvalidPushError.make({
    reason: { _tag: "ServerAhead", minimumExpectedNum: seqNum, providedNum: seqNum },
  });
}
