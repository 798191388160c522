/**
 * Loads LiveStore's build of SQLite for browsers, and frees what two of its functions leave allocated.
 *
 * Replaces `loadSqlite3Wasm` of LiveStore 0.3.1 (`@livestore/sqlite-wasm`, `src/load-wasm/mod.browser.ts`), and works around two leaks
 * of `@livestore/wa-sqlite` 1.0.5-dev.2 (`src/sqlite-api.js`): `statements` does not free its copy of the statement's text, and
 * `session_create` does not free the memory that holds the session's address. LiveStore begins a session for each event.
 *
 * @module
 */

import * as WaSqlite from "@livestore/wa-sqlite";
import SqliteModule from "@livestore/wa-sqlite/dist/wa-sqlite.mjs";

/**
 * Loads a new instance of SQLite, which has its own memory.
 *
 * @returns wa-sqlite's API, with the WebAssembly module as `module`, where LiveStore looks for it
 */
export async function loadSqlite() {
  const module = await SqliteModule();
  const sqlite3 = WaSqlite.Factory(module);
  sqlite3.statements = freeing(module, "_sqlite3_malloc", "_sqlite3_free", sqlite3.statements);
  sqlite3.session_create = freeing(module, "_malloc", "_free", sqlite3.session_create);
  return Object.assign(sqlite3, { module });
}

/**
 * Wraps a function so that all it allocates from JavaScript is freed when it returns or throws. What SQLite allocates inside
 * WebAssembly does not go through `module[allocate]`, and stays.
 *
 * @param allocate the name of the module's function that allocates
 * @param free the name of the module's function that frees
 */
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
