/**
 * Pairs the cells of two runs, and counts in how many pairs each run is better.
 *
 * @module
 */

import { type CellScore, type EvalRun, MATCHES } from "../eval_run.ts";
import { isScore } from "../score_run.ts";
import { alignCells } from "./aligned_cells.ts";

/** A cell that both runs have asked for. */
export interface Pair {
  name: string;
  kind: string;
  /** The score in the first run. */
  a: CellScore;
  /** The score in the second run. */
  b: CellScore;
}

/** The pairs in which each run is better: only it is exact, or it has the better match. */
export interface Better {
  a: readonly Pair[];
  b: readonly Pair[];
}

/** Lists the cells that both runs have asked for, in the order of the first. */
export function pairCells(a: EvalRun, b: EvalRun): Pair[] {
  return alignCells([a, b]).flatMap(({ name, kind, scores: [a, b] }) => a && b ? [{ name, kind, a, b }] : []);
}

/** Whether both cells have a score: neither server failed, and neither answer was late. */
export function isScored({ a, b }: Pair): boolean {
  return isScore(a) && isScore(b);
}

/** Finds the pairs in which only one run is exact. */
export function exactAlone(pairs: readonly Pair[]): Better {
  const isExact = ({ match }: CellScore) => match === "exact";
  return {
    a: pairs.filter(({ a, b }) => isExact(a) && !isExact(b)),
    b: pairs.filter(({ a, b }) => isExact(b) && !isExact(a)),
  };
}

/** Finds the pairs in which one run has the better match of exact, normalised and wrong. */
export function betterMatch(pairs: readonly Pair[]): Better {
  const lead = ({ a, b }: Pair) => MATCHES.indexOf(b.match) - MATCHES.indexOf(a.match);
  return { a: pairs.filter((pair) => lead(pair) > 0), b: pairs.filter((pair) => lead(pair) < 0) };
}
