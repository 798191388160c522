/**
 * Prepares SQLite's statements so that the usual ones are compiled once, and the others are forgotten.
 *
 * LiveStore prepares a statement anew each time that it executes one, although it executes the same few dozen all along, and its own
 * database keeps every one of them until it is closed.
 *
 * @module
 */

import { type PreparedBindValues, type PreparedStatement, type SqliteDb, SqliteError } from "@livestore/common";
import * as WaSqlite from "@livestore/wa-sqlite";

type Sqlite = ReturnType<typeof WaSqlite.Factory>;

/** How many compiled statements are kept for their next use: the materializers and LiveStore itself have about 70. */
const MOST_KEPT = 128;
/** The longest text of a statement that is kept, in characters: longer ones are no statement of a materializer. */
const LONGEST_KEPT = 4_000;

/**
 * Takes the preparing of statements over from a database, which its `execute` and `select` use, too.
 *
 * @param db changed in place
 * @param sqlite3 the SQLite that it is a database of
 * @param dbPointer its number there
 * @returns the database
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

/** Compiled statements that nobody uses, by their text, the one that was used last at the end. */
class CompiledStatements {
  readonly #sqlite3: Sqlite;
  readonly #dbPointer: number;
  readonly #idle = new Map<string, number[]>();

  constructor(sqlite3: Sqlite, dbPointer: number) {
    this.#sqlite3 = sqlite3;
    this.#dbPointer = dbPointer;
  }

  /** The statements of a text, for one user alone until they are given back. */
  take(sql: string): number[] {
    const idle = this.#idle.get(sql);
    this.#idle.delete(sql);
    return idle ?? [...this.#sqlite3.statements(this.#dbPointer, sql.trim(), { unscoped: true })];
  }

  /** Takes statements back, and forgets the ones that have not been used for longest. */
  giveBack(sql: string, statements: number[]): void {
    if (sql.length > LONGEST_KEPT || this.#idle.has(sql)) return this.#forget(statements);
    // Their values may be large.
    for (const statement of statements) this.#sqlite3.clear_bindings(statement);
    this.#idle.set(sql, statements);
    if (this.#idle.size <= MOST_KEPT) return;
    const [[oldest, forgotten]] = this.#idle;
    this.#idle.delete(oldest);
    this.#forget(forgotten);
  }

  /** Forgets all of them. */
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
          // Not before the first step, which compiles a statement again whose table has changed.
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
