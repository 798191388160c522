/**
 * Joins the records of cells with the secrets that they must not have.
 *
 * @module
 */

import type { CellTracing } from "../execution/trace/cell_recorder.ts";
import type { CellTrace, TracedCell } from "../execution/trace/cell_trace.ts";
import { createRedactor } from "./redactor.ts";

/**
 * Has cells recorded.
 *
 * @param take takes each record; it must not throw
 * @param secrets what is hidden in them, besides passwords that are typed
 * @param cell which cell of a notebook it is. Default: none of a notebook
 */
export function traceInto(
  take: (trace: CellTrace) => void,
  secrets: readonly string[],
  cell?: TracedCell,
): CellTracing {
  return { take, cell, redactor: (typed) => createRedactor([...secrets, ...typed]) };
}
