import assert from "node:assert/strict";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Effect } from "@livestore/utils/effect";
import { loadSqlite } from "../../../src/notebook/livestore/load_sqlite.ts";

/** Opens a database in a new SQLite. `memory` returns the size of SQLite's memory in bytes. */
async function openDb() {
  const sqlite3 = await loadSqlite();
  const db = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" }));
  return { sqlite3, db, dbPointer: db.metadata.dbPointer, memory: () => sqlite3.module.HEAPU8.length };
}

const comment = `/* ${"x".repeat(10_000)} */`;

Deno.test("SQLite's memory does not grow with statements that are prepared and finalized", async () => {
  const { sqlite3, dbPointer, memory } = await openDb();
  const before = memory();
  for (let number = 0; number < 3_000; number++) {
    const [statement] = sqlite3.statements(dbPointer, `SELECT ${number} ${comment}`, { unscoped: true });
    sqlite3.finalize(statement);
  }
  assert.equal(memory(), before);
});

Deno.test("SQLite's memory does not grow with invalid statements", async () => {
  const { sqlite3, dbPointer, memory } = await openDb();
  const before = memory();
  for (let number = 0; number < 3_000; number++) {
    assert.throws(() => sqlite3.statements(dbPointer, `SELEC ${number} ${comment}`, { unscoped: true }), /SELEC/);
  }
  assert.equal(memory(), before);
});

Deno.test("SQLite's memory does not fill up with sessions that are started and finished", async () => {
  const { sqlite3, db } = await openDb();
  const beginAndFinish = (times: number) => {
    for (let time = 0; time < times; time++) db.session().finish();
  };
  /** Returns the address of the next small allocation. The more sessions are kept, the higher it is. */
  const nextFree = () => {
    const address = sqlite3.module._malloc(4);
    sqlite3.module._free(address);
    return address;
  };
  beginAndFinish(10);
  const before = nextFree();
  beginAndFinish(1_000);
  assert.equal(nextFree(), before);
});

Deno.test("SQLite's memory grows with the rows, and the rows are read as they were written", async () => {
  const { db, memory } = await openDb();
  const before = memory();
  db.execute("CREATE TABLE note (text TEXT)");
  const text = "x".repeat(1_000_000);
  for (let row = 0; row < 30; row++) db.execute("INSERT INTO note VALUES ($text)", { $text: text } as never);
  assert.ok(memory() > before);
  assert.deepEqual(db.select("SELECT DISTINCT text FROM note"), [{ text }]);
});

Deno.test("each SQLite that is loaded has its own memory", async () => {
  const [full, empty] = [await openDb(), await openDb()];
  const before = empty.memory();
  full.db.execute("CREATE TABLE note (text TEXT)");
  full.db.execute("INSERT INTO note VALUES (zeroblob(30000000))");
  assert.ok(full.memory() > before);
  assert.equal(empty.memory(), before);
});
