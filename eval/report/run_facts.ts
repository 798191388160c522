/**
 * What a run was, in words.
 *
 * @module
 */

import { counted } from "../../src/terminal/counted.ts";
import type { EvalRun } from "../eval_run.ts";
import { count } from "./figures.ts";

/** `2026-11-20 14:03 UTC`; a time that is none is given back as it is. */
export function startOf({ startedAt }: EvalRun): string {
  const time = new Date(startedAt);
  return Number.isNaN(time.getTime()) ? startedAt : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Which cells were scored: `126 cells`, `a sample of 60 of 800 cells (seed 7)`, `45 of 60 cells: interrupted`. */
export function scopeOf({ sample, cells, cellsInSet }: EvalRun): string {
  const asked = Math.min(sample?.size ?? cellsInSet, cellsInSet);
  const whole = sample === undefined
    ? counted(asked, "cell")
    : `a sample of ${count(asked)} of ${counted(cellsInSet, "cell")} (seed ${sample.seed})`;
  return cells.length < asked ? `${whole}, interrupted after ${count(cells.length)}` : whole;
}

/** The letter that a run goes by beside others: A, B, C ... */
export function letterOf(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}
