/**
 * Scores the answers of a model.
 *
 * @module
 */

import type { Answer } from "./ask_cell.ts";
import type { EvalCell } from "./eval_set.ts";
import type { CellScore } from "./eval_run.ts";
import { scoreCell } from "./score_cell.ts";

/** Scores one answer. */
export function scoreAnswer({ name, kind, needs, code, accepted }: EvalCell, answer: Answer): CellScore {
  const score = scoreCell(accepted, answer.actual, answer.failure !== undefined);
  return { ...answer, name, kind, needs, code, expected: accepted[0], ...score };
}

/** Scores the cells that have an answer, in the set's order. */
export function scoreRun(cells: readonly EvalCell[], answers: ReadonlyMap<string, Answer>): CellScore[] {
  return cells.flatMap((cell) => {
    const answer = answers.get(cell.name);
    return answer === undefined ? [] : [scoreAnswer(cell, answer)];
  });
}

/** Returns the share of exact cells in percent; 100 without cells. */
export function exactPercent(cells: readonly CellScore[]): number {
  if (cells.length === 0) return 100;
  return 100 * cells.filter(({ match }) => match === "exact").length / cells.length;
}
