/**
 * How a cell shows that its request was refused before any model was asked, in a way that is never mistaken for Python.
 *
 * @module
 */

import type { CellOutput, ErrorOutput } from "./cell_output.ts";
import { ownError } from "./own_error.ts";

/** The `ename` of outputs that tell why a request was refused. */
export const REFUSED_NAME = "RefusedByAIPython";

/** Types of cell whose names are abbreviations. */
const kinds: Record<string, string> = { sql: "an SQL cell", ai: "an AI cell" };

/** The output of a cell whose request is not served because of who made it, or when. */
export function refusedByLimit(reason: string): ErrorOutput {
  return ownError(
    REFUSED_NAME,
    reason,
    "This is not a Python exception: the cell was not run, and no model was asked.",
  );
}

/**
 * The output of a cell that is not code.
 *
 * @param cellType its type: `sql`, `ai`, `markdown`, `raw`
 */
export function refusedCellType(cellType: string): ErrorOutput {
  const kind = kinds[cellType] ?? `a ${cellType} cell`;
  return ownError(REFUSED_NAME, `AIPython executes code cells only, and this is ${kind}.`);
}

/**
 * The output of a cell that is not run again, because it may be what ended the runtimes that ran it.
 *
 * @param runtimes how many were lost
 */
export function refusedAfterLosses(runtimes: number): ErrorOutput {
  return ownError(
    REFUSED_NAME,
    `${runtimes} runtimes were lost while they ran this cell, so it is not run again by itself. Run it again to try once more.`,
    "This is not a Python exception: the runtimes were killed, froze, or lost the notebook's server, perhaps because of this cell.",
  );
}

/** Whether an output tells that a request was refused. Such a cell has not been run, so no model is told of it. */
export function isRefusal(output: CellOutput): boolean {
  return output.type === "error" && output.ename === REFUSED_NAME;
}
