/**
 * A set of cells to ask a model for, with the expected outputs.
 *
 * @module
 */

import type { HistoryEntry } from "../src/execution/history_entry.ts";
import type { Benchmark, Shown } from "./eval_run.ts";

export interface EvalCell {
  /** Unique in the set. */
  name: string;
  /** For example `expression`, `error`. */
  kind: string;
  /** Requirements besides the standard library: `numpy`, `shell`. */
  needs: readonly string[];
  code: string;
  /** The `n` of `In [n]`. */
  executionCount: number;
  /** The session of the cell, if the set has several that need separate Python processes. */
  session?: string;
  /** The cells before it, as they were recorded, so that a wrong answer does not affect other cells. */
  history: readonly HistoryEntry[];
  /** The expected outputs and equally correct ones; reports show the first. */
  accepted: readonly [Shown, ...Shown[]];
  /** The name of the cell that this one repeats. Default: none. */
  repetitionOf?: string;
  /** Texts of earlier cells without which the outputs cannot be known, in a set that tests this. */
  dependsOn?: readonly string[];
}

export interface EvalSet {
  /** `golden`, `long-pasts`, or the file's name. */
  name: string;
  cells: readonly EvalCell[];
  /** The published benchmark that the set equals, if any. */
  benchmark?: Benchmark;
  /** Remarks about the file to show before its cells are asked for, in sentences. Default: none. */
  notes?: readonly string[];
}
