/**
 * A set of cells to ask a model for, with the expected outputs.
 *
 * @module
 */

import type { HistoryEntry } from "../src/execution/history_entry.ts";
import type { Benchmark, Shown } from "./eval_run.ts";

/** A cell of a set. */
export interface EvalCell {
  /** Its name, unique in the set. */
  name: string;
  /** Its kind: `expression`, `error`. */
  kind: string;
  /** Its requirements besides the standard library: `numpy`, `shell`. */
  needs: readonly string[];
  /** Its code. */
  code: string;
  /** The `n` of its `In [n]`. */
  executionCount: number;
  /** The session that it belongs to, where the set has several that must not meet in one Python. */
  session?: string;
  /** The cells before it, as they were recorded, so that a wrong answer spoils no other cell. */
  history: readonly HistoryEntry[];
  /** The expected outputs and equally correct ones; reports show the first. */
  accepted: readonly [Shown, ...Shown[]];
  /** The name of the cell that this one repeats. Default: none. */
  repetitionOf?: string;
  /** Texts of earlier cells without which the outputs cannot be known, in a set that is about that. */
  dependsOn?: readonly string[];
}

/** A set of cells. */
export interface EvalSet {
  /** `golden`, `long-pasts`, or the file's name. */
  name: string;
  /** Its cells, in order. */
  cells: readonly EvalCell[];
  /** The published benchmark that it is, if any. */
  benchmark?: Benchmark;
  /** What is to be said of the file before its cells are asked for; sentences. Default: nothing. */
  notes?: readonly string[];
}
