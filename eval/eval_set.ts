/**
 * A set of cells to ask a model about, and what each ought to show.
 *
 * @module
 */

import type { HistoryEntry } from "../src/execution/history_entry.ts";
import type { Shown } from "./eval_run.ts";

/** A cell of a set. */
export interface EvalCell {
  /** Its name, which no other cell of the set has. */
  name: string;
  /** What it is an example of: `expression`, `error`. */
  kind: string;
  /** What it needs besides the standard library: `numpy`, `shell`. */
  needs: readonly string[];
  /** Its code. */
  code: string;
  /** The `n` of its `In [n]`. */
  executionCount: number;
  /** The cells before it, as they were recorded, so that a wrong answer spoils no other cell. */
  history: readonly HistoryEntry[];
  /** What it shows, and whatever else is just as right; reports show the first. */
  accepted: readonly [Shown, ...Shown[]];
}

/** A set of cells. */
export interface EvalSet {
  /** `golden`, or the file's name. */
  name: string;
  /** Its cells, in order. */
  cells: readonly EvalCell[];
}
