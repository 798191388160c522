/**
 * Connects LiveStore's session directly to the log: it gives the session the events that the log has grown by, and pushes what the
 * session commits.
 *
 * Replaces the leader of LiveStore 0.3.1 (`@livestore/common`, `src/leader-thread/LeaderSyncProcessor.ts` and
 * `src/leader-thread/make-leader-thread-layer.ts`). That leader serves several sessions and outlives them. To do so it keeps a second
 * copy of all tables, and a log of all events, in two extra databases: each event is materialized twice and rebased twice. This
 * package has one session for each notebook. The log is on the server, and the session keeps its pending events and rebases them
 * itself, so it needs no second copy.
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
 * Creates the tables and fills them with all events of the log. What the log grows by later goes to the session, which writes it to
 * the tables itself.
 *
 * @param db the session's database, still empty
 * @returns an effect that makes the leader for LiveStore's session, and dies if an event cannot be materialized
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

/** Writes events to the tables, in one transaction because that is faster than one for each statement. */
function materialize(schema: AdapterArgs["schema"], db: SqliteDb, events: readonly StoredEvent[]): void {
  db.execute("BEGIN");
  for (const { name, args } of events) {
    const event = { decoded: undefined, encoded: { name, args } };
    const statements = getExecStatementsFromMaterializer({ ...getEventDef(schema, name), dbState: db, event });
    for (const { statementSql, bindValues } of statements) db.execute(statementSql, bindValues);
  }
  db.execute("COMMIT");
}

/** Converts an event for the session. It was checked when its frame was read, so LiveStore's own validation is switched off. */
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

/**
 * The error that makes the session drop what it still has to push. Events of another client have taken these sequence numbers; the
 * session gets them from `pull`, rebases, and pushes again.
 */
function leaderAhead({ seqNum }: LiveStoreEvent.AnyEncoded) {
  return Effect.fail(LeaderAheadError.make({ minimumExpectedNum: seqNum, providedNum: seqNum }));
}
