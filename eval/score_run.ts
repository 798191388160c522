/**
 * Scores the answers of a model.
 *
 * @module
 */

import type { Answer } from "./ask_cell.ts";
import type { EvalCell } from "./eval_set.ts";
import type { CellScore } from "./eval_run.ts";
import { scoreCell } from "./score_cell.ts";
import { scoreTraceback } from "./traceback/score_traceback.ts";

export function scoreAnswer({ name, repetitionOf, kind, needs, code, accepted }: EvalCell, answer: Answer): CellScore {
  const score = scoreCell(accepted, answer.actual, answer.failure !== undefined);
  const traceback = scoreTraceback(accepted[0].error, answer.actual.error);
  return {
    ...answer,
    name,
    ...(repetitionOf !== undefined && { repetitionOf }),
    kind,
    needs,
    code,
    expected: accepted[0],
    ...score,
    ...(traceback && { traceback }),
  };
}

/** Scores the cells that have an answer, in the set's order. */
export function scoreRun(cells: readonly EvalCell[], answers: ReadonlyMap<string, Answer>): CellScore[] {
  return cells.flatMap((cell) => {
    const answer = answers.get(cell.name);
    return answer === undefined ? [] : [scoreAnswer(cell, answer)];
  });
}

/** Failures that are the model's own: it was asked, with retries, and gave no usable answer or did not end. */
const ownFailures: readonly CellScore["failureKind"][] = ["invalid_answer", "length"];

/**
 * Whether a cell shows the quality of its model and prompt: it was answered, or the model gave no usable answer.
 * Failures of the server and late cells do not show it.
 */
export function isScore({ failure, failureKind }: Pick<CellScore, "failure" | "failureKind">): boolean {
  return failure === undefined || ownFailures.includes(failureKind);
}

/** Lists the cells that have a score: all but those whose model failed or that were late. */
export function scoredCells(cells: readonly CellScore[]): CellScore[] {
  return cells.filter(isScore);
}

/** Returns the share of exact cells in percent, of those that have a score; 100 without any. */
export function exactPercent(cells: readonly CellScore[]): number {
  const scored = scoredCells(cells);
  if (scored.length === 0) return 100;
  return 100 * scored.filter(({ match }) => match === "exact").length / scored.length;
}
