/**
 * Records cells, and hides secrets in the records.
 *
 * @module
 */

import type { CellTracing } from "../execution/trace/cell_recorder.ts";
import type { CellTrace, TracedCell } from "../execution/trace/cell_trace.ts";
import { createRedactor } from "./redactor.ts";

/**
 * Makes an object that records cells.
 *
 * @param take receives each record; must not throw
 * @param secrets the texts that are hidden in the records, besides typed passwords
 * @param cell the cell of a notebook that is recorded; absent outside of notebooks
 */
export function traceInto(
  take: (trace: CellTrace) => void,
  secrets: readonly string[],
  cell?: TracedCell,
): CellTracing {
  return { take, cell, redactor: (typed) => createRedactor([...secrets, ...typed]) };
}
