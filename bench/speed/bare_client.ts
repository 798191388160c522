/**
 * A client that does the least possible work with a notebook's log: it pulls the log and puts each event into one
 * table of SQLite.
 *
 * @module
 */

import { sqliteDbFactory } from "@livestore/sqlite-wasm/browser";
import { Effect } from "@livestore/utils/effect";
import { loadSqlite } from "../../src/notebook/livestore/load_sqlite.ts";
import { Witness } from "./witness.ts";

const [syncUrl, authToken, notebookId] = Deno.args;

const sqlite3 = await loadSqlite();
const db = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: "in-memory" }));
db.execute("CREATE TABLE log (seqNum INTEGER PRIMARY KEY, event TEXT)");
const insert = db.prepare("INSERT INTO log VALUES ($seqNum, $event)");
await using _witness = await Witness.open({ syncUrl, authToken, notebookId }, (event) => {
  insert.execute({ $seqNum: event.seqNum, $event: JSON.stringify(event) } as never);
});
Deno.stdout.writeSync(new TextEncoder().encode("ready\n"));
