/**
 * Aligns the cells of several runs.
 *
 * @module
 */

import type { CellScore, EvalRun } from "../eval_run.ts";

export interface AlignedCell {
  name: string;
  /** The cell's kind in the first run that has it. */
  kind: string;
  code: string;
  /** The cell's score in each run, in the order of the runs; `undefined` for a run that has not scored it. */
  scores: (CellScore | undefined)[];
}

/** Matches cells with the same name and code. They keep the order of the runs. */
export function alignCells(runs: readonly EvalRun[]): AlignedCell[] {
  const aligned = new Map<string, AlignedCell>();
  for (const [index, run] of runs.entries()) {
    const seen = new Map<string, number>();
    for (const cell of run.cells) {
      const { name, kind, code } = cell;
      const same = JSON.stringify([name, code]);
      const nth = seen.get(same) ?? 0;
      seen.set(same, nth + 1);
      const key = `${nth} ${same}`;
      const entry = aligned.get(key) ?? { name, kind, code, scores: runs.map(() => undefined) };
      entry.scores[index] = cell;
      aligned.set(key, entry);
    }
  }
  return [...aligned.values()];
}
