/**
 * Prepares SQL statements so that those in frequent use are compiled once, and the others are released.
 *
 * Replaces `prepare` and `close` of LiveStore 0.3.1's database (`@livestore/sqlite-wasm`, `src/make-sqlite-db.ts`). Its `execute` and
 * `select` compile a statement at each call, although LiveStore uses the same few dozen statements all the time, and it keeps a
 * reference to each of them until the database is closed.
 *
 * @module
 */

import { type PreparedBindValues, type PreparedStatement, type SqliteDb, SqliteError } from "@livestore/common";
import * as WaSqlite from "@livestore/wa-sqlite";

type Sqlite = ReturnType<typeof WaSqlite.Factory>;

/** How many compiled statements are kept for their next use. The materializers and LiveStore together have about 70. */
const MAX_KEPT = 128;
/** The longest text of a statement that is kept, in characters. No statement of a materializer is as long. */
const MAX_KEPT_LENGTH = 4_000;

/**
 * Replaces the `prepare` of a database, which its `execute` and `select` call, and its `close`.
 *
 * @param db the database, changed in place
 * @param sqlite3 the SQLite that has opened it
 * @param dbPointer its number in that SQLite
 * @returns `db`
 */
export function reuseStatements<Db extends SqliteDb>(db: Db, sqlite3: Sqlite, dbPointer: number): Db {
  const open = new Set<PreparedStatement>();
  const compiled = new CompiledStatements(sqlite3, dbPointer);
  const close = db.close;
  db.prepare = (sql) => {
    const statement = prepare(sqlite3, dbPointer, sql, compiled, () => open.delete(statement));
    open.add(statement);
    return statement;
  };
  db.close = () => {
    for (const statement of open) statement.finalize();
    compiled.finalize();
    close();
  };
  return db;
}

/** Compiled statements that are not in use, by their text, the most recently used one last. */
class CompiledStatements {
  readonly #sqlite3: Sqlite;
  readonly #dbPointer: number;
  readonly #idle = new Map<string, number[]>();

  constructor(sqlite3: Sqlite, dbPointer: number) {
    this.#sqlite3 = sqlite3;
    this.#dbPointer = dbPointer;
  }

  /** Takes the statements of a text out, or compiles them. They belong to the caller until it gives them back. */
  take(sql: string): number[] {
    const idle = this.#idle.get(sql);
    this.#idle.delete(sql);
    return idle ?? [...this.#sqlite3.statements(this.#dbPointer, sql.trim(), { unscoped: true })];
  }

  /** Keeps statements for their next use, and finalizes the least recently used ones when there are too many. */
  giveBack(sql: string, statements: number[]): void {
    if (sql.length > MAX_KEPT_LENGTH || this.#idle.has(sql)) return this.#forget(statements);
    // The values that are bound to them may be large.
    for (const statement of statements) this.#sqlite3.clear_bindings(statement);
    this.#idle.set(sql, statements);
    if (this.#idle.size <= MAX_KEPT) return;
    const [[oldest, forgotten]] = this.#idle;
    this.#idle.delete(oldest);
    this.#forget(forgotten);
  }

  finalize(): void {
    for (const statements of this.#idle.values()) this.#forget(statements);
    this.#idle.clear();
  }

  #forget(statements: number[]): void {
    for (const statement of statements) this.#sqlite3.finalize(statement);
  }
}

function prepare(
  sqlite3: Sqlite,
  dbPointer: number,
  sql: string,
  compiled: CompiledStatements,
  onFinalize: () => void,
): PreparedStatement {
  const failure = (cause: unknown, bindValues: PreparedBindValues | undefined) =>
    new SqliteError({ query: { sql, bindValues: bindValues ?? {} }, code: (cause as { code?: number }).code, cause });
  const bind = (statement: number, bindValues: PreparedBindValues | undefined) => {
    if (bindValues !== undefined && Object.keys(bindValues).length > 0) {
      sqlite3.bind_collection(statement, bindValues as Parameters<Sqlite["bind_collection"]>[1]);
    }
  };
  let statements: number[];
  try {
    statements = compiled.take(sql);
  } catch (cause) {
    throw failure(cause, undefined);
  }
  return {
    sql,
    execute(bindValues, options) {
      for (const statement of statements) {
        bind(statement, bindValues);
        try {
          sqlite3.step(statement);
        } finally {
          options?.onRowsChanged?.(sqlite3.changes(dbPointer));
          sqlite3.reset(statement);
        }
      }
    },
    select<Row>(bindValues: PreparedBindValues | undefined) {
      const [statement, ...others] = statements;
      if (statement === undefined || others.length > 0) {
        throw failure(new Error("a query is one statement"), bindValues);
      }
      try {
        bind(statement, bindValues);
        let columns: string[] | undefined;
        const rows: Row[] = [];
        while (sqlite3.step(statement) === WaSqlite.SQLITE_ROW) {
          // Read after the first step: it compiles the statement again if its table has changed since.
          columns ??= sqlite3.column_names(statement);
          rows.push(Object.fromEntries(columns.map((name, index) => [name, sqlite3.column(statement, index)])) as Row);
        }
        return rows;
      } catch (cause) {
        throw failure(cause, bindValues);
      } finally {
        sqlite3.reset(statement);
      }
    },
    finalize() {
      if (statements.length > 0) compiled.giveBack(sql, statements.splice(0));
      onFinalize();
    },
  };
}
