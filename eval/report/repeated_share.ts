/**
 * The share of exact answers where each cell was asked for several times, with an interval.
 *
 * @module
 */

import type { CellScore } from "../eval_run.ts";
import { scoredCells } from "../score_run.ts";

/** The quantile of the normal distribution for an interval of 95 %. */
const NORMAL_95 = 1.96;

export interface RepeatedShare {
  /** The number of cells that have an answer. */
  cells: number;
  /** The mean of the cells' shares of exact answers, from 0 to 1; 0 without cells. */
  mean: number;
  /** Half the width of the 95 % interval around the mean, from 0 on; absent if no cell has two answers. */
  halfWidth?: number;
  /** The number of cells that are exact each time. */
  always: number;
  /** The number of cells that are exact some of the times. */
  sometimes: number;
  /** The number of cells that are never exact. */
  never: number;
}

/**
 * Computes the mean and how much it would differ if the same cells were asked for again.
 *
 * Each cell is a separate stratum: with `n` answers of which a share `p` is exact, the variance of the mean is the
 * sum of `p (1 - p) / (n - 1)` over all cells, divided by the square of their number (Cochran, Sampling Techniques,
 * 3rd ed., 1977, chapter 5, stratified sampling for proportions). A cell with one answer is taken to vary as much as
 * the others do on average. The interval does not cover how other cells would be answered. It is too narrow if few
 * cells were asked for few times.
 *
 * @param cells the scores, repetitions included; those whose server failed or was late do not count
 */
export function repeatedShare(cells: readonly CellScore[]): RepeatedShare {
  const strata = [...Map.groupBy(scoredCells(cells), ({ name, repetitionOf }) => repetitionOf ?? name).values()]
    .map((answers) => ({
      n: answers.length,
      p: answers.filter(({ match }) => match === "exact").length / answers.length,
    }));
  const count = strata.length;
  const spread = strata.filter(({ n }) => n > 1).map(({ n, p }) => p * (1 - p) * n / (n - 1));
  const usual = mean(spread);
  const variance = strata.reduce((sum, { n, p }) => sum + (n > 1 ? p * (1 - p) / (n - 1) : usual), 0) / count ** 2;
  return {
    cells: count,
    mean: mean(strata.map(({ p }) => p)),
    ...(spread.length > 0 && { halfWidth: NORMAL_95 * Math.sqrt(variance) }),
    always: strata.filter(({ p }) => p === 1).length,
    sometimes: strata.filter(({ p }) => p > 0 && p < 1).length,
    never: strata.filter(({ p }) => p === 0).length,
  };
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
