/**
 * LiveStore's leader, reduced to what one session in one process needs: it hands the session what the log has grown by, and the log
 * what the session commits.
 *
 * LiveStore's own leader serves several sessions and survives them, and for that keeps a copy of all tables and a log of all events in
 * databases of its own: every event is materialized twice and rebased twice. Here the log is on the server, and the session, which can
 * rebase by itself, has the only copy.
 *
 * @module
 */

import {
  type Adapter,
  getExecStatementsFromMaterializer,
  LeaderAheadError,
  type makeClientSession,
  migrateDb,
  type SqliteDb,
  SyncState,
} from "@livestore/common";
import { configureConnection } from "@livestore/common/leader-thread";
import { EventSequenceNumber, getEventDef, LiveStoreEvent } from "@livestore/common/schema";
import { Effect, Option, Stream } from "@livestore/utils/effect";
import type { StoredEvent, WireEvent } from "../sync/frames.ts";
import type { SyncBackend } from "../sync/sync_backend.ts";

type AdapterArgs = Parameters<Adapter>[0];
type LeaderProxy = Parameters<typeof makeClientSession>[0]["leaderThread"];

/**
 * Fills the session's database with everything that the log holds, and follows it from there.
 *
 * @param schema the notebook's
 * @param db the session's database, still empty
 * @param backend where the log is
 * @returns the session's way to the log
 */
export function startDirectLeader(schema: AdapterArgs["schema"], db: SqliteDb, backend: SyncBackend) {
  return Effect.gen(function* () {
    yield* configureConnection(db, { foreignKeys: true });
    const migrationsReport = yield* migrateDb({ db, schema });
    const next = Effect.promise(() => backend.next());
    let head = 0;
    for (let isWhole = false; !isWhole;) {
      const { events, remaining } = yield* next;
      materialize(schema, db, events);
      head = events.at(-1)?.seqNum ?? head;
      isWhole = remaining === 0;
    }
    const leaderHead = seqNumOf(head);
    let mergeCounter = 0;
    const handOver = Effect.map(next, ({ events }) => ({
      payload: SyncState.PayloadUpstreamAdvance.make({ newEvents: events.map(withMeta) }, { disableValidation: true }),
      mergeCounter: ++mergeCounter,
    }));
    return {
      events: {
        pull: () => Stream.repeatEffect(handOver),
        push: (batch) =>
          Effect.flatMap(
            Effect.promise((signal) => backend.push(batch.map(toGlobal), signal)),
            (outcome) => outcome === "done" ? Effect.void : leaderAhead(batch[0]),
          ),
      },
      initialState: { leaderHead, migrationsReport },
      export: Effect.sync(() => db.export()),
      getEventlogData: Effect.succeed(new Uint8Array()),
      getSyncState: Effect.succeed(
        new SyncState.SyncState({ pending: [], upstreamHead: leaderHead, localHead: leaderHead }),
      ),
      sendDevtoolsMessage: () => Effect.void,
    } satisfies LeaderProxy;
  });
}

/** Does to the tables what events do, as one transaction. */
function materialize(schema: AdapterArgs["schema"], db: SqliteDb, events: readonly StoredEvent[]): void {
  db.execute("BEGIN");
  for (const { name, args } of events) {
    const event = { decoded: undefined, encoded: { name, args } };
    const statements = getExecStatementsFromMaterializer({ ...getEventDef(schema, name), dbState: db, event });
    for (const { statementSql, bindValues } of statements) db.execute(statementSql, bindValues);
  }
  db.execute("COMMIT");
}

/** An event as a session takes it. It comes from our own reader of frames: LiveStore need not check it again. */
function withMeta(event: StoredEvent): LiveStoreEvent.EncodedWithMeta {
  const { name, args, clientId, sessionId } = event;
  return new LiveStoreEvent.EncodedWithMeta({
    name,
    args,
    clientId,
    sessionId,
    seqNum: seqNumOf(event.seqNum),
    parentSeqNum: seqNumOf(event.parentSeqNum),
    meta: {
      sessionChangeset: { _tag: "unset" },
      syncMetadata: Option.none(),
      materializerHashLeader: Option.none(),
      materializerHashSession: Option.none(),
    },
  }, { disableValidation: true });
}

function seqNumOf(global: number): EventSequenceNumber.EventSequenceNumber {
  return EventSequenceNumber.make({ global, client: EventSequenceNumber.clientDefault });
}

function toGlobal({ name, args, seqNum, parentSeqNum, clientId, sessionId }: LiveStoreEvent.AnyEncoded): WireEvent {
  return { name, args, seqNum: seqNum.global, parentSeqNum: parentSeqNum.global, clientId, sessionId };
}

/** Somebody else's events have taken the place: they are on their way to the session, which then rebases and pushes anew. */
function leaderAhead({ seqNum }: LiveStoreEvent.AnyEncoded) {
  return Effect.fail(LeaderAheadError.make({ minimumExpectedNum: seqNum, providedNum: seqNum }));
}
