/**
 * The rows of a query, as they are now.
 *
 * @module
 */

import type { QueryBuilder } from "@livestore/livestore";
import { useEffect, useState } from "react";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";

/** What a query gives. */
type RowsOf<Query> = Query extends QueryBuilder<infer Rows, infer _Table, infer _Missing> ? Rows : never;

/**
 * Reads a query, and again whenever its rows have changed.
 *
 * @param query the same object every time, or it is asked anew each time
 */
export function useRows<Query extends QueryBuilder.Any>(notebook: NotebookStore, query: Query): RowsOf<Query> {
  const [rows, setRows] = useState(() => notebook.query(query) as RowsOf<Query>);
  useEffect(() => notebook.watch<RowsOf<Query>>(query, (now) => setRows(now)), [notebook, query]);
  return rows;
}
