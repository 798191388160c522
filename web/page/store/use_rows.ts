/**
 * The current rows of a query.
 *
 * @module
 */

import type { QueryBuilder } from "@livestore/livestore";
import { useEffect, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";

type RowsOf<Query> = Query extends QueryBuilder<infer Rows, infer _Table, infer _Missing> ? Rows : never;

/**
 * Returns a query's rows, and updates them when they change.
 *
 * @param query the same object every time; a new one is queried again
 */
export function useRows<Query extends QueryBuilder.Any>(notebook: NotebookStore, query: Query): RowsOf<Query> {
  const [rows, setRows] = useState(() => notebook.query(query) as RowsOf<Query>);
  useEffect(() => notebook.watch<RowsOf<Query>>(query, (now) => setRows(now)), [notebook, query]);
  return rows;
}
