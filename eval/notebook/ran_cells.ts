/**
 * The code cells of a notebook file that have run, in the order in which they ran.
 *
 * @module
 */

import type { FileCell } from "../../src/nbformat/notebook_file.ts";

export interface RanCell extends Pick<FileCell, "source" | "outputs"> {
  /** `In [5]`; `In [5] (2)` for the second cell of that count. */
  name: string;
  /** The `n` of `In [n]`. */
  executionCount: number;
}

/**
 * Lists the cells that have an execution count or an output, by their counts. A cell without a count ran after the one above it, and has
 * the next count.
 *
 * @param cells all cells, in the order of the file
 */
export function ranCells(cells: readonly FileCell[]): RanCell[] {
  let last = 0;
  const ran = cells.filter(({ type, executionCount, outputs }) =>
    type === "code" && (executionCount !== undefined || outputs.length > 0)
  ).map(({ source, outputs, executionCount }) => {
    last = executionCount ?? last + 1;
    return { source, outputs, executionCount: last };
  });
  const seen = new Map<number, number>();
  return ran.toSorted((a, b) => a.executionCount - b.executionCount).map((cell) => {
    const nth = (seen.get(cell.executionCount) ?? 0) + 1;
    seen.set(cell.executionCount, nth);
    return { ...cell, name: nth === 1 ? `In [${cell.executionCount}]` : `In [${cell.executionCount}] (${nth})` };
  });
}
