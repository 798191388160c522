/**
 * Shows in a cell that its request was refused before any model was asked. The output cannot be mistaken for one of Python.
 *
 * @module
 */

import type { CellOutput, ErrorOutput } from "./cell_output.ts";
import { ownError } from "./own_error.ts";

/** The `ename` of outputs that report a refused request. */
export const REFUSED_NAME = "RefusedByAIPython";

/** Cell types whose names are abbreviations. */
const kinds: Record<string, string> = { sql: "an SQL cell", ai: "an AI cell" };

/** Creates the output of a cell whose request is refused because of its author or its time. The reason is a sentence. */
export function refusedByLimit(reason: string): ErrorOutput {
  return ownError(
    REFUSED_NAME,
    reason,
    "This is not a Python exception: the cell was not run, and no model was asked.",
  );
}

/** Creates the output of a cell that is not a code cell, by its type: `sql`, `ai`, `markdown` or `raw`. */
export function refusedCellType(cellType: string): ErrorOutput {
  const kind = kinds[cellType] ?? `a ${cellType} cell`;
  return ownError(REFUSED_NAME, `AIPython executes code cells only, and this is ${kind}.`);
}

/** Creates the output of a cell that is not run again, because it may have ended the runtimes that ran it. */
export function refusedAfterLosses(runtimes: number): ErrorOutput {
  return ownError(
    REFUSED_NAME,
    `${runtimes} runtimes were lost while they ran this cell, so it is not run again automatically. To try once more, run it again.`,
    "This is not a Python exception: the runtimes were killed, froze, or lost the notebook's server, perhaps because of this cell.",
  );
}

/** Whether an output reports a refused request. Such a cell did not run, so it is not sent to a model. */
export function isRefusal(output: CellOutput): boolean {
  return output.type === "error" && output.ename === REFUSED_NAME;
}
