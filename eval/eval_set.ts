/**
 * A set of cells to ask a model for, with the expected outputs.
 *
 * @module
 */

import type { HistoryEntry } from "../src/execution/history_entry.ts";
import type { Shown } from "./eval_run.ts";

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
}

/** A set of cells. */
export interface EvalSet {
  /** `golden`, or the file's name. */
  name: string;
  /** Its cells, in order. */
  cells: readonly EvalCell[];
}
