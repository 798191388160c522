/**
 * How a cell shows that its request was refused before any model was asked, in a way that is never mistaken for Python.
 *
 * @module
 */

import type { CellOutput } from "./cell_output.ts";

/** The `ename` of outputs that tell why a request was refused. */
export const REFUSED_NAME = "RefusedByAIPython";

/** The lines under an error output that tells why a request was refused. */
export function refusalLines(reason: string): string[] {
  return [
    `${REFUSED_NAME}: ${reason}`,
    "This is not a Python exception: the cell was not run, and no model was asked.",
  ];
}

/** Whether an output tells that a request was refused. Such a cell has not been run, so no model is told of it. */
export function isRefusal(output: CellOutput): boolean {
  return output.type === "error" && output.ename === REFUSED_NAME;
}
