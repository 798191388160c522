/**
 * Computes shares, percentiles and cost of an evaluation, for the terminal and the page.
 *
 * @module
 */

import type { UsageTotal } from "../../src/execution/usage_meter.ts";
import type { CellScore } from "../eval_run.ts";
import { scoredCells } from "../score_run.ts";
import { type Share, type TracebackScore, tracebackShare } from "../traceback/score_traceback.ts";

/** Percentiles of times, in milliseconds; absent without measurements. */
export interface Spread {
  /** The median. */
  p50?: number;
  /** The 95th percentile. */
  p95?: number;
}

/** The totals of some cells. Each cell counts as one of `exact`, `normalised` and `wrong`. */
export interface Tally {
  /** The number of cells with a score. */
  cells: number;
  exact: number;
  /** Cells that differ in white space and colours only. */
  normalised: number;
  wrong: number;
  /** The shares of the tracebacks that are as recorded, of the cells that have one. */
  tracebacks: TracebackTally;
  /** Cells without a score, because the model failed or was late. They count only for the cost. */
  failures: number;
  /** The time from the request to the first output, of the cells with a score and an output. */
  firstOutputMs: Spread;
  /** The time from the request to the end, of the cells with a score. */
  durationMs: Spread;
  /** The total cost, including the failures. */
  usage: UsageTotal;
}

/** The tracebacks of some cells. */
export interface TracebackTally extends TracebackScore {
  /** The number of cells with a recorded traceback. */
  cells: number;
  /** The sum of the cells' shares, each from 0 to 1. Divided by {@linkcode cells} it is the mean. */
  share: number;
}

export function tally(cells: readonly CellScore[]): Tally {
  const scored = scoredCells(cells);
  const matching = (match: CellScore["match"]) => scored.filter((cell) => cell.match === match).length;
  return {
    cells: scored.length,
    exact: matching("exact"),
    normalised: matching("normalised"),
    wrong: matching("wrong"),
    tracebacks: tallyTracebacks(scored.flatMap(({ traceback }) => traceback ?? [])),
    failures: cells.length - scored.length,
    firstOutputMs: spread(firstOutputs(cells)),
    durationMs: spread(scored.map(({ durationMs }) => durationMs)),
    usage: {
      requests: sum(cells, "requests"),
      input: sum(cells, "input"),
      cachedInput: sum(cells, "cachedInput"),
      output: sum(cells, "output"),
    },
  };
}

function tallyTracebacks(scores: readonly TracebackScore[]): TracebackTally {
  const total = (part: keyof TracebackScore): Share => ({
    right: scores.reduce((sum, score) => sum + score[part].right, 0),
    of: scores.reduce((sum, score) => sum + score[part].of, 0),
  });
  return {
    cells: scores.length,
    share: scores.reduce((sum, score) => sum + tracebackShare(score), 0),
    frames: total("frames"),
    lines: total("lines"),
    arrows: total("arrows"),
    colours: total("colours"),
  };
}

/** Counts the cells that are equal except for white space and colours, with the exact ones. */
export function alike({ exact, normalised }: Tally): number {
  return exact + normalised;
}

/** Lists the kinds of the cells, in the order in which they first appear. */
export function kindsOf(cells: readonly CellScore[]): string[] {
  return [...new Set(cells.map(({ kind }) => kind))];
}

/** Lists the times to the first output in milliseconds, of the cells with a score and an output. */
export function firstOutputs(cells: readonly CellScore[]): number[] {
  return scoredCells(cells).flatMap(({ firstOutputMs }) => firstOutputMs ?? []);
}

/**
 * Computes a percentile by the nearest rank: the smallest value that `percent` of 100 values do not exceed.
 *
 * @param values in any order
 * @param percent above 0, up to 100
 * @returns `undefined` without values
 */
export function percentile(values: readonly number[], percent: number): number | undefined {
  const rank = Math.max(1, Math.ceil(values.length * percent / 100));
  return values.toSorted((a, b) => a - b)[rank - 1];
}

function spread(values: readonly number[]): Spread {
  return { p50: percentile(values, 50), p95: percentile(values, 95) };
}

function sum(cells: readonly CellScore[], field: Exclude<keyof UsageTotal, "cost">): number {
  return cells.reduce((total, { usage }) => total + usage[field], 0);
}
