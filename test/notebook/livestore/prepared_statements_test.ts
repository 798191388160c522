import assert from "node:assert/strict";
import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Effect } from "@livestore/utils/effect";
import { loadSqlite } from "../../../src/notebook/livestore/load_sqlite.ts";
import { reuseStatements } from "../../../src/notebook/livestore/prepared_statements.ts";
import { collectGarbage } from "./garbage.ts";

/** Opens a database that reuses its statements. `compiled` has the texts that SQLite has compiled for it. */
async function openDb() {
  const sqlite3 = await loadSqlite();
  const compiled: string[] = [];
  const watched: typeof sqlite3 = {
    ...sqlite3,
    statements: (db, sql, options) => {
      compiled.push(sql);
      return sqlite3.statements(db, sql, options);
    },
  };
  const db = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" }));
  return { db: reuseStatements(db, watched, db.metadata.dbPointer), compiled };
}

/** Returns the values of parameters in the form that LiveStore uses. */
const values = (named: Record<string, unknown>) => named as never;

Deno.test("a statement returns rows, writes parameters and reports the number of changed rows", async () => {
  const { db } = await openDb();
  db.execute("CREATE TABLE cell (id TEXT, count INTEGER)");
  const insert = db.prepare("INSERT INTO cell VALUES ($id, $count)");
  let changed = 0;
  for (const count of [1, 2]) {
    insert.execute(values({ $id: "a", $count: count }), { onRowsChanged: (rows) => changed += rows });
  }
  assert.equal(changed, 2);
  assert.deepEqual(db.select("SELECT id, count FROM cell ORDER BY count"), [{ id: "a", count: 1 }, {
    id: "a",
    count: 2,
  }]);
  db.close();
});

Deno.test("a statement that is used repeatedly is compiled once", async () => {
  const { db, compiled } = await openDb();
  for (let time = 0; time < 3; time++) db.select("SELECT 1");
  for (let time = 0; time < 3; time++) db.execute("CREATE TABLE IF NOT EXISTS cell (id TEXT)");
  assert.deepEqual(compiled, ["SELECT 1", "CREATE TABLE IF NOT EXISTS cell (id TEXT)"]);
  db.close();
});

Deno.test("the 128 most recently used statements are kept, and others are compiled again", async () => {
  const { db, compiled } = await openDb();
  for (let number = 0; number < 128; number++) db.select(`SELECT ${number}`);
  db.select("SELECT 0");
  db.select("SELECT 'one more'");
  compiled.length = 0;
  for (const sql of ["SELECT 0", "SELECT 2", "SELECT 'one more'", "SELECT 1"]) db.select(sql);
  assert.deepEqual(compiled, ["SELECT 1"]);
  db.close();
});

Deno.test("a statement of more than 4,000 characters is not kept", async () => {
  const { db, compiled } = await openDb();
  const [short, long] = [4_000, 4_001].map((length) => "SELECT 1".padEnd(length));
  for (const sql of [short, short, long, long]) db.select(sql);
  assert.equal(compiled.length, 3);
  db.close();
});

Deno.test("a finalized statement is released", async () => {
  const { db } = await openDb();
  const prepareAndFinalize = () => {
    const statement = db.prepare("SELECT 1");
    statement.finalize();
    return new WeakRef(statement);
  };
  const reference = prepareAndFinalize();
  await collectGarbage();
  assert.equal(reference.deref(), undefined);
  db.close();
});

Deno.test("a statement that is prepared again does not keep the values of its last use", async () => {
  const { db } = await openDb();
  assert.deepEqual(db.select("SELECT $value AS value", values({ $value: 1 })), [{ value: 1 }]);
  assert.deepEqual(db.select("SELECT $value AS value"), [{ value: null }]);
  db.close();
});

Deno.test("two statements of the same text can be in use at once and see a new column", async () => {
  const { db } = await openDb();
  db.execute("CREATE TABLE cell (id TEXT)");
  const text = "INSERT INTO cell VALUES ($id)";
  const [first, second] = [db.prepare(text), db.prepare(text)];
  first.execute(values({ $id: "a" }));
  first.finalize();
  second.execute(values({ $id: "b" }));
  second.finalize();
  assert.deepEqual(db.select("SELECT * FROM cell"), [{ id: "a" }, { id: "b" }]);
  db.execute("ALTER TABLE cell ADD COLUMN count INTEGER");
  assert.deepEqual(db.select("SELECT * FROM cell WHERE id = 'a'"), [{ id: "a", count: null }]);
  assert.deepEqual(db.select("SELECT * FROM cell"), [{ id: "a", count: null }, { id: "b", count: null }]);
  db.close();
});

Deno.test("a statement that is finalized twice returns to the cache once", async () => {
  const { db } = await openDb();
  const first = db.prepare("SELECT $value AS value");
  first.finalize();
  first.finalize();
  const [second, third] = [db.prepare("SELECT $value AS value"), db.prepare("SELECT $value AS value")];
  assert.deepEqual(second.select(values({ $value: 2 })), [{ value: 2 }]);
  assert.deepEqual(third.select(undefined), [{ value: null }]);
  db.close();
});

Deno.test("an invalid statement is named in the error", async () => {
  const { db } = await openDb();
  assert.throws(() => db.execute("SELEC 1"), {
    _tag: "LiveStore.SqliteError",
    query: { sql: "SELEC 1", bindValues: {} },
  });
  db.close();
});

Deno.test("a query that fails reports the reason and can be used again", async () => {
  const { db } = await openDb();
  const query = db.prepare("SELECT json($text) AS value");
  assert.throws(() => query.select(values({ $text: "{" })), /malformed JSON/);
  assert.deepEqual(query.select(values({ $text: "[1]" })), [{ value: "[1]" }]);
  db.close();
});

Deno.test("a write that fails can be tried again", async () => {
  const { db } = await openDb();
  db.execute("CREATE TABLE cell (id TEXT UNIQUE)");
  const insert = db.prepare("INSERT INTO cell VALUES ($id)");
  insert.execute(values({ $id: "a" }));
  assert.throws(() => insert.execute(values({ $id: "a" })), /UNIQUE/);
  insert.execute(values({ $id: "b" }));
  assert.deepEqual(db.select("SELECT id FROM cell"), [{ id: "a" }, { id: "b" }]);
  db.close();
});

Deno.test("a text of several statements is executed in order, but is rejected as a query", async () => {
  const { db } = await openDb();
  db.execute("CREATE TABLE cell (id TEXT)");
  db.execute("INSERT INTO cell VALUES ('a'); INSERT INTO cell VALUES ('b')");
  assert.deepEqual(db.select("SELECT id FROM cell"), [{ id: "a" }, { id: "b" }]);
  assert.throws(() => db.select("SELECT 1; SELECT 2"), { _tag: "LiveStore.SqliteError" });
  db.close();
});

Deno.test("a database can be closed while statements are kept or in use", async () => {
  const { db } = await openDb();
  db.select("SELECT 1");
  db.prepare("SELECT 2");
  db.close();
  assert.throws(() => db.session());
});
