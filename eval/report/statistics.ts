/**
 * Counts what an evaluation scored: shares, percentiles and cost, the one place for the terminal and the page.
 *
 * @module
 */

import type { UsageTotal } from "../../src/execution/usage_meter.ts";
import type { CellScore } from "../eval_run.ts";

/** How times are spread, in milliseconds; both absent where nothing was measured. */
export interface Spread {
  /** Half took no longer. */
  p50?: number;
  /** 95 of 100 took no longer. */
  p95?: number;
}

/** What some cells come to. Each cell is in one of `exact`, `normalised` and `wrong`. */
export interface Tally {
  /** How many cells. */
  cells: number;
  /** How many show exactly what was recorded. */
  exact: number;
  /** How many differ in white space and colours only; those in `exact` are not among them. */
  normalised: number;
  /** How many show something else, or nothing. */
  wrong: number;
  /** How many of the wrong ones have no answer, because the model failed or was late. */
  failures: number;
  /** From the request to the first output, over the cells that have one. */
  firstOutputMs: Spread;
  /** From the request to the end, over all cells. */
  durationMs: Spread;
  /** What the cells cost together. */
  usage: UsageTotal;
}

/** Counts cells. */
export function tally(cells: readonly CellScore[]): Tally {
  const matching = (match: CellScore["match"]) => cells.filter((cell) => cell.match === match).length;
  return {
    cells: cells.length,
    exact: matching("exact"),
    normalised: matching("normalised"),
    wrong: matching("wrong"),
    failures: cells.filter(({ failure }) => failure !== undefined).length,
    firstOutputMs: spread(firstOutputs(cells)),
    durationMs: spread(cells.map(({ durationMs }) => durationMs)),
    usage: {
      requests: sum(cells, "requests"),
      input: sum(cells, "input"),
      cachedInput: sum(cells, "cachedInput"),
      output: sum(cells, "output"),
    },
  };
}

/** How many are alike but for white space and colours: the exact ones, too. */
export function alike({ exact, normalised }: Tally): number {
  return exact + normalised;
}

/** The kinds of the cells, in the order in which they first appear. */
export function kindsOf(cells: readonly CellScore[]): string[] {
  return [...new Set(cells.map(({ kind }) => kind))];
}

/** The times to the first output in milliseconds, of the cells that have one. */
export function firstOutputs(cells: readonly CellScore[]): number[] {
  return cells.flatMap(({ firstOutputMs }) => firstOutputMs ?? []);
}

/**
 * A percentile by the nearest rank: the smallest value that `percent` of 100 values do not exceed.
 *
 * @param values in any order
 * @param percent above 0, up to 100
 * @returns `undefined` where there are no values
 */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const rank = Math.max(1, Math.ceil(values.length * percent / 100));
  return values.toSorted((a, b) => a - b)[rank - 1];
}

function spread(values: readonly number[]): Spread {
  return { p50: percentile(values, 50), p95: percentile(values, 95) };
}

function sum(cells: readonly CellScore[], field: keyof UsageTotal): number {
  return cells.reduce((total, { usage }) => total + usage[field], 0);
}
