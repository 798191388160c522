import assert from "node:assert/strict";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Effect } from "@livestore/utils/effect";
import { loadSqlite } from "../../../src/notebook/livestore/load_sqlite.ts";
import { reuseStatements } from "../../../src/notebook/livestore/prepared_statements.ts";

async function openDb() {
  const sqlite3 = await loadSqlite();
  const db = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" }));
  return { db: reuseStatements(db, sqlite3, db.metadata.dbPointer), memory: () => sqlite3.module.HEAPU8.length };
}

Deno.test("a statement returns rows, writes with parameters, and tells how many rows it has changed", async () => {
  const { db } = await openDb();
  db.execute("CREATE TABLE cell (id TEXT, count INTEGER)");
  const insert = db.prepare("INSERT INTO cell VALUES ($id, $count)");
  let changed = 0;
  for (const count of [1, 2]) {
    insert.execute({ $id: "a", $count: count } as never, { onRowsChanged: (rows) => changed += rows });
  }
  assert.equal(changed, 2);
  assert.deepEqual(db.select("SELECT id, count FROM cell ORDER BY count"), [{ id: "a", count: 1 }, {
    id: "a",
    count: 2,
  }]);
  db.close();
});

Deno.test("a statement that SQLite does not understand is named in the error", async () => {
  const { db } = await openDb();
  assert.throws(() => db.execute("SELEC 1"), (error: Error) => JSON.stringify(error).includes("SELEC 1"));
  db.close();
});

Deno.test("a statement that is prepared again forgets the values of its last use", async () => {
  const { db } = await openDb();
  assert.deepEqual(db.select("SELECT $value AS value", { $value: 1 } as never), [{ value: 1 }]);
  assert.deepEqual(db.select("SELECT $value AS value"), [{ value: null }]);
  db.close();
});

Deno.test("two statements of the same text, in use at once, do not disturb each other, nor does a new table", async () => {
  const { db } = await openDb();
  db.execute("CREATE TABLE cell (id TEXT)");
  const text = "INSERT INTO cell VALUES ($id)";
  const [first, second] = [db.prepare(text), db.prepare(text)];
  first.execute({ $id: "a" } as never);
  first.finalize();
  second.execute({ $id: "b" } as never);
  second.finalize();
  assert.deepEqual(db.select("SELECT * FROM cell"), [{ id: "a" }, { id: "b" }]);
  db.execute("ALTER TABLE cell ADD COLUMN count INTEGER");
  assert.deepEqual(db.select("SELECT * FROM cell WHERE id = 'a'"), [{ id: "a", count: null }]);
  assert.deepEqual(db.select("SELECT * FROM cell"), [{ id: "a", count: null }, { id: "b", count: null }]);
  db.close();
});

Deno.test("SQLite's memory does not grow with the statements that have been prepared and the sessions that were begun", async () => {
  const { db, memory } = await openDb();
  const before = memory();
  const comment = "x".repeat(10_000);
  for (let number = 0; number < 3_000; number++) {
    db.select(`SELECT ${number} /* ${comment} */`);
    db.session().finish();
  }
  assert.equal(memory(), before);
  db.close();
});
