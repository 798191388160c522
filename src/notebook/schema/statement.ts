/**
 * A SQL statement in a materializer, for what the query builder cannot say.
 *
 * @module
 */

/**
 * Makes a statement for a materializer.
 *
 * @param writes the tables that it writes, so that live queries on them are refreshed
 * @param sql the statement, with named parameters: `$cellId`
 * @param parameters their values, without the dollar sign; every one must stand in the statement
 */
export function statement(
  writes: string[],
  sql: string,
  parameters: Record<string, string | number | null> = {},
) {
  return { sql, bindValues: parameters, writeTables: new Set(writes) };
}
