/**
 * Repeats the cells of a set, to see how much the answers to one cell differ.
 *
 * @module
 */

import type { EvalCell } from "./eval_set.ts";

/**
 * Lists the cells as often as they are asked for: all of them once, then all of them again, so that an interrupted run has whole passes.
 * The second `list` is named `list #2`.
 *
 * @param times how often, 1 or more
 */
export function repeatCells(cells: readonly EvalCell[], times: number): EvalCell[] {
  return Array.from(
    { length: times },
    (_, pass) =>
      pass === 0
        ? cells
        : cells.map((cell) => ({ ...cell, name: `${cell.name} #${pass + 1}`, repetitionOf: cell.name })),
  ).flat();
}
