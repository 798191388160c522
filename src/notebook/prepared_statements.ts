/**
 * Prepares SQLite's statements so that they can be forgotten.
 *
 * LiveStore's own database keeps every statement that it has ever prepared until it is closed, a hundred for each cell that is
 * executed, although it has finalized them long before.
 *
 * @module
 */

import { type PreparedBindValues, type PreparedStatement, type SqliteDb, SqliteError } from "@livestore/common";
import * as WaSqlite from "@livestore/wa-sqlite";

type Sqlite = ReturnType<typeof WaSqlite.Factory>;

/**
 * Takes the preparing of statements over from a database, which its `execute` and `select` use, too.
 *
 * @param db changed in place
 * @param sqlite3 the SQLite that it is a database of
 * @param dbPointer its number there
 * @returns the database
 */
export function forgetStatements<Db extends SqliteDb>(db: Db, sqlite3: Sqlite, dbPointer: number): Db {
  const open = new Set<PreparedStatement>();
  const close = db.close;
  db.prepare = (sql) => {
    const statement = prepare(sqlite3, dbPointer, sql, () => open.delete(statement));
    open.add(statement);
    return statement;
  };
  db.close = () => {
    for (const statement of open) statement.finalize();
    close();
  };
  return db;
}

function prepare(sqlite3: Sqlite, dbPointer: number, sql: string, onFinalize: () => void): PreparedStatement {
  const failure = (cause: unknown, bindValues: PreparedBindValues | undefined) =>
    new SqliteError({ query: { sql, bindValues: bindValues ?? {} }, code: (cause as { code?: number }).code, cause });
  const bind = (statement: number, bindValues: PreparedBindValues | undefined) => {
    if (bindValues !== undefined && Object.keys(bindValues).length > 0) {
      sqlite3.bind_collection(statement, bindValues as Parameters<Sqlite["bind_collection"]>[1]);
    }
  };
  let statements: number[];
  try {
    statements = [...sqlite3.statements(dbPointer, sql.trim(), { unscoped: true })];
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
        const columns = sqlite3.column_names(statement);
        const rows: Row[] = [];
        while (sqlite3.step(statement) === WaSqlite.SQLITE_ROW) {
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
      for (const statement of statements.splice(0)) sqlite3.finalize(statement);
      onFinalize();
    },
  };
}
