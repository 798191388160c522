import assert from "node:assert/strict";
import type { SqliteDb } from "@livestore/common";
import type { LiveStoreEvent } from "@livestore/common/schema";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Cause, Chunk, Effect, Exit, Fiber, Stream } from "@livestore/utils/effect";
import { startDirectLeader } from "../../../src/notebook/livestore/direct_leader.ts";
import { loadSqlite } from "../../../src/notebook/livestore/load_sqlite.ts";
import type { WireEvent } from "../../../src/notebook/sync/frames.ts";
import type { SyncBackend } from "../../../src/notebook/sync/sync_backend.ts";
import { LocalLog, type LocalLogHooks } from "./local_log.ts";
import { allNotes, makeNotesSchema, noteAdded } from "./notes.ts";

/** Starts a leader over a new, empty database. */
async function startLeader(backend: SyncBackend, onNote?: (text: string, db: SqliteDb) => void) {
  const sqlite3 = await loadSqlite();
  const db: SqliteDb = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" }));
  const leader = await Effect.runPromise(startDirectLeader(makeNotesSchema((text) => onNote?.(text, db)), db, backend));
  return { leader, texts: () => db.select<{ text: string }>(allNotes.query).map(({ text }) => text) };
}

/** Starts a leader of a log with these notes. */
async function startLeaderOf(texts: string[], hooks?: LocalLogHooks) {
  const log = new LocalLog();
  log.write(...texts);
  return { log, ...await startLeader(log.connect(hooks)) };
}

const seqNum = (global: number) => ({ global, client: 0 }) as LiveStoreEvent.AnyEncoded["seqNum"];

/** Returns a note as a session pushes it. */
function pushedNote(text: string, at: number): LiveStoreEvent.AnyEncoded {
  return {
    name: noteAdded.name,
    args: { text },
    seqNum: seqNum(at),
    parentSeqNum: seqNum(at - 1),
    clientId: "ada",
    sessionId: "session",
  };
}

Deno.test("a leader fills the tables with the whole log, chunk by chunk, and starts at its head", async () => {
  let chunks = 0;
  const { leader, texts } = await startLeaderOf(["a", "b", "c", "d", "e"], {
    chunkEvents: 2,
    onNext: () => void chunks++,
  });
  assert.deepEqual(texts(), ["a", "b", "c", "d", "e"]);
  assert.deepEqual(leader.initialState.leaderHead, seqNum(5));
  assert.deepEqual(chunks, 3);
  const { pending, upstreamHead, localHead } = await Effect.runPromise(leader.getSyncState);
  assert.deepEqual([pending, upstreamHead, localHead], [[], seqNum(5), seqNum(5)]);
});

Deno.test("a leader of an empty log creates the tables and starts at the root", async () => {
  const { leader, texts } = await startLeaderOf([]);
  assert.deepEqual([texts(), leader.initialState.leaderHead], [[], seqNum(0)]);
  const { migrations } = leader.initialState.migrationsReport;
  assert.ok(migrations.some(({ tableName }) => tableName === "notes"));
});

Deno.test("a leader fills the tables in one transaction per chunk and checks foreign keys", async () => {
  const log = new LocalLog();
  const transactions: string[] = [];
  log.write("a", "b", "c");
  await startLeader(log.connect({ chunkEvents: 2, onNext: () => void transactions.push("next") }), (text, db) => {
    assert.throws(() => db.execute("BEGIN"), /within a transaction/);
    assert.deepEqual(db.select("PRAGMA foreign_keys"), [{ foreign_keys: 1 }]);
    transactions.push(text);
  });
  assert.deepEqual(transactions, ["next", "a", "b", "next", "c"]);
});

Deno.test("startDirectLeader() rejects with the error of an event that cannot be materialized", async () => {
  const log = new LocalLog();
  log.write("a", "b");
  const starting = startLeader(log.connect(), (text) => {
    if (text === "b") throw new Error("no b, please");
  });
  await assert.rejects(starting, /no b, please/);
});

Deno.test("a leader hands over new events of the log in order, each once and unchanged", async () => {
  const { leader, log } = await startLeaderOf(["a", "b"]);
  const handed: { text: string; at: number; parent: number; who: string }[][] = [];
  const counters: number[] = [];
  const taking = Stream.take(leader.events.pull(), 3).pipe(
    Stream.runForEach(({ payload, mergeCounter }) =>
      Effect.sync(() => {
        assert.equal(payload._tag, "upstream-advance");
        handed.push(payload.newEvents.map(({ args, seqNum, parentSeqNum, clientId, sessionId }) => ({
          text: args.text,
          at: seqNum.global,
          parent: parentSeqNum.global,
          who: `${clientId}/${sessionId}`,
        })));
        counters.push(mergeCounter);
        log.write(...handed.length === 1 ? ["e"] : ["f", "g"]);
      })
    ),
  );
  log.write("c", "d");
  await Effect.runPromise(taking);
  const who = "bob/tab";
  assert.deepEqual(handed, [
    [{ text: "c", at: 3, parent: 2, who }, { text: "d", at: 4, parent: 3, who }],
    [{ text: "e", at: 5, parent: 4, who }],
    [{ text: "f", at: 6, parent: 5, who }, { text: "g", at: 7, parent: 6, who }],
  ]);
  assert.deepEqual(counters, counters.toSorted((a, b) => a - b));
  assert.equal(new Set(counters).size, 3);
});

Deno.test("a leader pushes a batch in order and resolves once it is in the log", async () => {
  const batches: (readonly WireEvent[])[] = [];
  const { leader, log } = await startLeaderOf(["a"], { onPush: (batch) => void batches.push(batch) });
  await Effect.runPromise(leader.events.push([pushedNote("b", 2), pushedNote("c", 3)]));
  const wire = { name: noteAdded.name, clientId: "ada", sessionId: "session" };
  assert.deepEqual(batches, [[
    { ...wire, args: { text: "b" }, seqNum: 2, parentSeqNum: 1 },
    { ...wire, args: { text: "c" }, seqNum: 3, parentSeqNum: 2 },
  ]]);
  assert.deepEqual(log.texts, ["a", "b", "c"]);
});

Deno.test("a leader fails with LeaderAheadError when another client has the event's position", async () => {
  const { leader, log } = await startLeaderOf(["a"]);
  log.write("theirs");
  const refusal = await Effect.runPromise(Effect.flip(leader.events.push([pushedNote("b", 2), pushedNote("c", 3)])));
  assert.equal(refusal._tag, "LeaderAheadError");
  assert.deepEqual([refusal.minimumExpectedNum, refusal.providedNum], [seqNum(2), seqNum(2)]);
  assert.deepEqual(log.texts, ["a", "theirs"]);
});

Deno.test("a push that the log rejects fails with the log's reason", async () => {
  const reason = new Error("the log is gone");
  const { leader } = await startLeaderOf([], { onPush: () => Promise.reject(reason) });
  const exit = await Effect.runPromiseExit(leader.events.push([pushedNote("a", 1)]));
  assert.ok(Exit.isFailure(exit));
  assert.deepEqual(Chunk.toArray(Cause.defects(exit.cause)), [reason]);
});

Deno.test("a push that the session interrupts is aborted on its way to the log", async () => {
  const begun = Promise.withResolvers<AbortSignal>();
  const { leader, log } = await startLeaderOf([], {
    onPush: (_, signal) => {
      begun.resolve(signal);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
  });
  const pushing = Effect.runFork(leader.events.push([pushedNote("a", 1)]));
  const signal = await begun.promise;
  assert.equal(signal.aborted, false);
  await Effect.runPromise(Fiber.interrupt(pushing));
  assert.deepEqual([signal.aborted, log.texts], [true, []]);
});

Deno.test("a leader exports the session's tables and an empty event log", async () => {
  const { leader } = await startLeaderOf(["a note to find"]);
  const bytes = new TextDecoder("latin1").decode(await Effect.runPromise(leader.export));
  assert.match(bytes, /^SQLite format 3\0.*a note to find/s);
  assert.deepEqual(await Effect.runPromise(leader.getEventlogData), new Uint8Array());
});
