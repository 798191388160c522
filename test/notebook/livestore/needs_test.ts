/**
 * Tests of the defects of LiveStore 0.3.1 that make `src/notebook/livestore` necessary: a test for each file that replaces a part.
 *
 * A test that fails with a later LiveStore names a file that may no longer be needed. The folder's README explains how to check this.
 *
 * @module
 */

import assert from "node:assert/strict";
import { provideOtel } from "@livestore/common";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Effect } from "@livestore/utils/effect";
import * as WaSqlite from "@livestore/wa-sqlite";
import { CommitGate } from "../../../src/notebook/livestore/commit_gate.ts";
import { collectGarbage } from "./garbage.ts";
import { loadLiveStoreSqlite, makeLiveStoreAdapter } from "./livestore_adapter.ts";
import { LocalLog } from "./local_log.ts";
import { commitInMidRebase } from "./mid_rebase.ts";
import { openNotes } from "./open_notes.ts";
import { recordingTracer } from "./recording_tracer.ts";

/** Opens a database of LiveStore. */
async function openDb(load = loadLiveStoreSqlite) {
  const sqlite3 = await load();
  return { sqlite3, db: await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" })) };
}

Deno.test("direct_leader: LiveStore's leader materializes an event again that its session has materialized", async () => {
  const log = new LocalLog();
  const backend = log.connect();
  const materialized: string[] = [];
  await using notes = await openNotes({
    backend,
    adapter: makeLiveStoreAdapter("ada", backend),
    onNote: (text) => void materialized.push(text),
  });
  log.write("theirs");
  await notes.become("theirs");
  assert.ok(materialized.length > 1, `materialized ${materialized.length} times`);
});

Deno.test("commit_gate: LiveStore's session writes a commit in the middle of a rebase before the rebased events", async () => {
  const { notes, log } = await commitInMidRebase(new CommitGate(), (notes) => notes.add("b"));
  await notes.until(() => notes.texts.length === 3);
  assert.deepEqual(notes.texts, ["b", "theirs", "a"]);
  // The effect on the log depends on when the next event arrives: "b" is lost, or the store ends.
  assert.notDeepEqual(log.texts, ["theirs", "a", "b"]);
  await notes[Symbol.asyncDispose]();
});

Deno.test("prepared_statements: LiveStore's database compiles a statement on each use and keeps all of them until it is closed", async () => {
  let compiled = 0;
  const { db } = await openDb(async () => {
    const sqlite3 = await loadLiveStoreSqlite();
    const { statements } = sqlite3;
    return Object.assign(sqlite3, {
      statements: (...args: Parameters<typeof statements>) => {
        compiled++;
        return statements(...args);
      },
    });
  });
  const prepareAndFinalize = () => {
    const statement = db.prepare("SELECT 1");
    statement.finalize();
    return new WeakRef(statement);
  };
  const references = [prepareAndFinalize(), prepareAndFinalize()];
  await collectGarbage();
  assert.equal(compiled, 2);
  assert.equal(references.every((reference) => reference.deref() !== undefined), true);
  db.close();
});

Deno.test("load_sqlite: LiveStore's SQLite keeps the text of a finalized statement", async () => {
  const { sqlite3, db } = await openDb();
  const before = sqlite3.module.HEAPU8.length;
  for (let number = 0; number < 3_000; number++) {
    const text = `SELECT ${number} /* ${"x".repeat(10_000)} */`;
    const [statement] = sqlite3.statements(db.metadata.dbPointer, text, { unscoped: true });
    sqlite3.finalize(statement);
  }
  assert.ok(sqlite3.module.HEAPU8.length > before);
});

Deno.test("memory_adapter: the memory of LiveStore's SQLite for Node cannot grow beyond 17 MB", async () => {
  // @ts-ignore: the package has no types for it
  const { default: SqliteModule } = await import("@livestore/wa-sqlite/dist/wa-sqlite.node.mjs");
  const { db } = await openDb(async () => {
    const module = await SqliteModule({ printErr: () => {} });
    return Object.assign(WaSqlite.Factory(module), { module });
  });
  db.execute("CREATE TABLE note (text TEXT)");
  assert.throws(() => {
    for (let megabyte = 0; megabyte < 17; megabyte++) db.execute("INSERT INTO note VALUES (zeroblob(1000000))");
  });
});

Deno.test("no_tracing: LiveStore makes spans for a store even with a tracer that does nothing", async () => {
  const { spans, tracer } = recordingTracer();
  const log = new LocalLog();
  await using notes = await openNotes({ backend: log.connect(), tracing: provideOtel({ otelTracer: tracer }) });
  notes.add("a");
  await notes.become("a");
  const some = ["createStore", "LiveStore:commit", "livestore.in-memory-db:execute"];
  assert.deepEqual(some.filter((name) => !spans.includes(name)), []);
});
