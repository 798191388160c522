/**
 * An SQL statement in a materializer, where the query builder is not enough.
 *
 * @module
 */

/**
 * Makes a statement for a materializer.
 *
 * @param writes the tables that the statement changes; live queries on them are refreshed
 * @param sql the statement, with named parameters: `$cellId`
 * @param parameters the values, by name without the dollar sign. Each name must occur in the statement
 */
export function statement(
  writes: string[],
  sql: string,
  parameters: Record<string, string | number | null> = {},
) {
  return { sql, bindValues: parameters, writeTables: new Set(writes) };
}
