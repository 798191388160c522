/**
 * Describes a run.
 *
 * @module
 */

import { counted } from "../../src/terminal/counted.ts";
import type { EvalRun, PromptFacts } from "../eval_run.ts";
import { count } from "./figures.ts";

/** `2026-11-20 14:03 UTC`; text that is not a time is returned as it is. */
export function startOf({ startedAt }: EvalRun): string {
  const time = new Date(startedAt);
  return Number.isNaN(time.getTime()) ? startedAt : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** For example `126 cells`, `a sample of 60 of 800 cells (seed 7)`, `60 cells, interrupted after 45`. */
export function scopeOf({ sample, cells, cellsInSet, repeat = 1 }: EvalRun): string {
  const inSample = Math.min(sample?.size ?? cellsInSet, cellsInSet);
  const once = sample === undefined
    ? counted(inSample, "cell")
    : `a sample of ${count(inSample)} of ${counted(cellsInSet, "cell")} (seed ${sample.seed})`;
  const whole = repeat === 1 ? once : `${once}, ${count(repeat)} times each`;
  const asked = inSample * repeat;
  return cells.length < asked ? `${whole}, interrupted after ${count(cells.length)}` : whole;
}

/** For example `prompt mine.txt (1,520 tokens)`. */
export function promptOf({ name, tokens }: PromptFacts): string {
  return `prompt ${name} (${counted(tokens, "token")})`;
}

/** For example A, B, C. */
export function letterOf(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}
