/**
 * SQLite as browsers get it, mended: what two of its functions forget to free would fill its memory.
 *
 * @module
 */

import * as WaSqlite from "@livestore/wa-sqlite";
import SqliteModule from "@livestore/wa-sqlite/dist/wa-sqlite.mjs";

/** Loads a SQLite with a memory of its own. LiveStore looks for the module beside the functions made from it. */
export async function loadSqlite() {
  const module = await SqliteModule();
  const sqlite3 = WaSqlite.Factory(module);
  // A copy of each statement's text, and the place where a new session's address was put.
  sqlite3.statements = freeing(module, "_sqlite3_malloc", "_sqlite3_free", sqlite3.statements);
  sqlite3.session_create = freeing(module, "_malloc", "_free", sqlite3.session_create);
  return Object.assign(sqlite3, { module });
}

/** A function that frees what it has allocated from JavaScript once it has returned; what SQLite allocates within stays. */
function freeing<Args extends unknown[], Result>(
  module: Record<string, (value: number) => number>,
  allocate: string,
  free: string,
  call: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => {
    const allocated: number[] = [];
    const original = module[allocate];
    module[allocate] = (size) => {
      const address = original(size);
      allocated.push(address);
      return address;
    };
    try {
      return call(...args);
    } finally {
      module[allocate] = original;
      for (const address of allocated) module[free](address);
    }
  };
}
