/**
 * What an evaluation writes: one run of a set of cells against one model, as JSON.
 *
 * @module
 */

import type { MimeBundle } from "../src/media/mime_bundle.ts";
import type { UsageTotal } from "../src/execution/usage_meter.ts";

/** The version of the JSON's form. */
export const EVAL_FORMAT = 1;

/** What a cell showed, sorted by where it was shown: what is compared. */
export interface Shown {
  /** All text on stdout, joined. */
  stdout: string;
  /** All text on stderr, joined. */
  stderr: string;
  /** The value of the last expression; absent where there is none. */
  result?: MimeBundle;
  /** What `display` showed, in order. */
  displays: MimeBundle[];
  /** The exception that ended the cell; absent where there is none. */
  error?: { ename: string; evalue: string };
}

/** A part of what a cell shows that is compared by itself. */
export type Part = "stdout" | "stderr" | "result" | "displays" | "error";

/** How a part compares: `exact`; `normalised`, the same but for white space and colours; `wrong`. */
export type Match = "exact" | "normalised" | "wrong";

/** One cell's score. */
export interface CellScore {
  /** The cell's name in its set: `dict_multiline`, `sample_17`. */
  name: string;
  /** What it is an example of: `expression`, `print`, `error`, `state`, `rich`, `stdlib`, `magics`, ... */
  kind: string;
  /** What it needs besides the standard library: `numpy`, `shell`. */
  needs: readonly string[];
  /** Its code. */
  code: string;
  /** What the recording shows. */
  expected: Shown;
  /** What the model showed. */
  actual: Shown;
  /** How each part compares that either of the two has; a cell that shows nothing, as it should, has none. */
  parts: Partial<Record<Part, Match>>;
  /** The worst of its parts: `exact` where there are none. A cell whose model failed or was late is `wrong`. */
  match: Match;
  /** Why there is no answer, where the model failed or was too late. */
  failure?: string;
  /** From the request to the first output, in milliseconds; absent where there was none. */
  firstOutputMs?: number;
  /** From the request to the end, in milliseconds. */
  durationMs: number;
  /** What it cost. */
  usage: UsageTotal;
}

/** A whole run. */
export interface EvalRun {
  /** {@linkcode EVAL_FORMAT}. */
  format: typeof EVAL_FORMAT;
  /** The model's name. */
  model: string;
  /** The host of its server; `offline` for the offline model. */
  server: string;
  /** When it began, ISO 8601. */
  startedAt: string;
  /** The set: `golden`, or the file's name. */
  set: string;
  /** How many cells the set has; fewer are scored when a sample was taken or the run was interrupted. */
  cellsInSet: number;
  /** The sample that was taken; absent where all cells were asked for. */
  sample?: { size: number; seed: number };
  /** Of the cells that were asked for, in the set's order, those that have been scored. */
  cells: CellScore[];
}
