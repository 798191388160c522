/**
 * Measures what the files of `src/notebook/livestore` save on this machine. Each is compared with LiveStore 0.3.1's own part, by turns and
 * in one run, in processor time and in SQLite's memory.
 *
 * ```sh
 * deno run -A test/notebook/livestore/measure.ts
 * ```
 *
 * @module
 */

import process from "node:process";
import { provideOtel, type SqliteDb } from "@livestore/common";
import { type Adapter, createStore, type LiveStoreEvent } from "@livestore/livestore";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Effect, Exit, Schema, Scope } from "@livestore/utils/effect";
import { silentLogger } from "../../../src/logger.ts";
import { CommitGate } from "../../../src/notebook/livestore/commit_gate.ts";
import { startDirectLeader } from "../../../src/notebook/livestore/direct_leader.ts";
import { effectLogger } from "../../../src/notebook/livestore/effect_logger.ts";
import { loadSqlite } from "../../../src/notebook/livestore/load_sqlite.ts";
import { makeMemoryAdapter } from "../../../src/notebook/livestore/memory_adapter.ts";
import { withoutTracing } from "../../../src/notebook/livestore/no_tracing.ts";
import { reuseStatements } from "../../../src/notebook/livestore/prepared_statements.ts";
import { events, schema } from "../../../src/notebook/schema/mod.ts";
import type { SyncBackend } from "../../../src/notebook/sync/sync_backend.ts";
import { loadLiveStoreSqlite, makeLiveStoreAdapter } from "./livestore_adapter.ts";
import { LocalLog } from "./local_log.ts";

/** The number of events in the notebook. */
const EVENTS = 5_000;
/** The number of commits. Each is made after the one before has come back. */
const COMMITS = 300;
/** The number of measurements of each part. The least time counts, because other processes can only add to it. */
const ROUNDS = 4;
/** The size of the real sync backend's chunks, in events. */
const CHUNK_EVENTS = 250;

const cell = events.cellCreated2({ id: "cell", fractionalIndex: "a0", cellType: "code", createdBy: "bob" });
const output = (position: number) =>
  events.terminalOutputAdded({
    id: `output ${position}`,
    cellId: "cell",
    position,
    streamName: "stdout",
    content: { type: "inline", data: "a line of forty characters, more or less" },
  });

/** Returns a notebook's log: a cell with many outputs. */
function makeLog(): LocalLog {
  const log = new LocalLog();
  const encode = (event: LiveStoreEvent.PartialForSchema<typeof schema>) => {
    const { schema } = Object.values(events).find(({ name }) => name === event.name)!;
    return { name: event.name, args: Schema.encodeUnknownSync(schema as Schema.Schema<unknown>)(event.args) as never };
  };
  log.writeEvents([cell, ...Array.from({ length: EVENTS }, (_, position) => output(position))].map(encode));
  return log;
}

/** Returns the processor time of this process, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** Processor times, in milliseconds. */
interface Times {
  /** The time to open a store that reads the whole log. */
  readMs: number;
  /** The time of a commit until it has come back. */
  commitMs: number;
}

type LoadedSqlite = Awaited<ReturnType<typeof loadSqlite>>;
type MakeAdapter = (backend: SyncBackend) => Adapter;
const ours: MakeAdapter = (backend) =>
  makeMemoryAdapter({ clientId: "ada", sessionId: "s", startBackend: () => backend, gate: new CommitGate() });
const liveStores: MakeAdapter = (backend) => makeLiveStoreAdapter("ada", backend);

/** Opens a store, commits to it, and returns the times. */
async function useStore(adapter: MakeAdapter, tracing: typeof withoutTracing): Promise<Times> {
  const backend = makeLog().connect({ chunkEvents: CHUNK_EVENTS });
  const scope = await Effect.runPromise(Scope.make());
  const begin = cpuMs();
  const opening = createStore({ adapter: adapter(backend), schema, storeId: "notebook", disableDevtools: true });
  const store = await Effect.runPromise(
    opening.pipe(Scope.extend(scope), tracing, Effect.provide(effectLogger(silentLogger))),
  );
  const opened = cpuMs();
  const { syncState } = store.syncProcessor;
  for (let commit = 0; commit < COMMITS; commit++) {
    store.commit(output(EVENTS + commit));
    while (Effect.runSync(syncState).pending.length > 0) await new Promise((resolve) => setTimeout(resolve));
  }
  const times = { readMs: opened - begin, commitMs: (cpuMs() - opened) / COMMITS };
  await Effect.runPromise(Scope.close(scope, Exit.void));
  return times;
}

/** Fills tables from the log in a database that reuses its statements or does not. Returns the time in milliseconds. */
async function fillTables(prepare: (...args: Parameters<typeof reuseStatements>) => SqliteDb): Promise<number> {
  const backend = makeLog().connect({ chunkEvents: CHUNK_EVENTS });
  const sqlite3 = await loadSqlite();
  const db = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" }));
  const begin = cpuMs();
  await Effect.runPromise(startDirectLeader(schema, prepare(db, sqlite3, db.metadata.dbPointer), backend));
  return cpuMs() - begin;
}

/** Returns the size of SQLite's memory after 3,000 statements of 10,000 characters, in MB. */
async function memoryAfterStatements(load: () => Promise<LoadedSqlite>): Promise<number> {
  const sqlite3 = await load();
  const db = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" }));
  for (let number = 0; number < 3_000; number++) db.select(`SELECT ${number} /* ${"x".repeat(10_000)} */`);
  return sqlite3.module.HEAPU8.length / 1e6;
}

/** Measures two functions by turns. */
async function byTurns<Result>(a: () => Promise<Result>, b: () => Promise<Result>): Promise<[Result[], Result[]]> {
  const results: [Result[], Result[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    results[0].push(await a());
    results[1].push(await b());
  }
  return results;
}

function write(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** Prints the least value of each series, and the ratio of the first to the second. */
function report(what: string, [a, b]: [number[], number[]], unit: string): void {
  const [without, with_] = [Math.min(...a), Math.min(...b)];
  const columns = [without, with_].map((value) => `${value.toFixed(1)} ${unit}`.padStart(11));
  write(`${what.padEnd(60)}${columns.join("")}${(without / with_).toFixed(2).padStart(8)}`);
}

function reportTimes(what: string, [a, b]: [Times[], Times[]]): void {
  report(`${what}: ${EVENTS} events read`, [a.map(({ readMs }) => readMs), b.map(({ readMs }) => readMs)], "ms");
  report(`${what}: a commit comes back`, [a.map(({ commitMs }) => commitMs), b.map(({ commitMs }) => commitMs)], "ms");
}

const withTracing = provideOtel({}) as typeof withoutTracing;
const using = (adapter: MakeAdapter, tracing: typeof withoutTracing) => () => useStore(adapter, tracing);

write(`${"".padEnd(60)}    without       with   ratio`);
reportTimes("all of it", await byTurns(using(liveStores, withTracing), using(ours, withoutTracing)));
reportTimes("direct_leader", await byTurns(using(liveStores, withoutTracing), using(ours, withoutTracing)));
reportTimes("no_tracing", await byTurns(using(ours, withTracing), using(ours, withoutTracing)));
reportTimes(
  "no_tracing, LiveStore's leader",
  await byTurns(using(liveStores, withTracing), using(liveStores, withoutTracing)),
);
report(
  `prepared_statements: ${EVENTS} events read`,
  await byTurns(() => fillTables((db) => db), () => fillTables(reuseStatements)),
  "ms",
);
report(
  "load_sqlite: memory after 3,000 long statements",
  await byTurns(() => memoryAfterStatements(loadLiveStoreSqlite), () => memoryAfterStatements(loadSqlite)),
  "MB",
);
// The leaders wait indefinitely for their logs.
Deno.exit();
