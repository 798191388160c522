/**
 * The result of an evaluation: one run of a set of cells against one model, as JSON.
 *
 * @module
 */

import type { ModelErrorKind } from "../src/errors.ts";
import type { MimeBundle } from "../src/media/mime_bundle.ts";
import type { UsageTotal } from "../src/execution/usage_meter.ts";
import type { Price } from "../src/execution/price.ts";
import type { TracebackScore } from "./traceback/score_traceback.ts";

/** The version of the JSON's format. */
export const EVAL_FORMAT = 2;

/** The outputs of a cell, sorted by where they are shown: the parts that are compared. */
export interface Shown {
  /** All text on stdout, joined. */
  stdout: string;
  /** All text on stderr, joined. */
  stderr: string;
  /** The value of the last expression; absent if there was no value. */
  result?: MimeBundle;
  /** The outputs of `display`, in order. */
  displays: MimeBundle[];
  /**
   * The place of each display among the text: how many characters of stdout and of stderr are before it. Absent without displays; an
   * update of an earlier cell's display has no place.
   */
  places?: { stdout: number; stderr: number }[];
  /** The exception that ended the cell; absent if there was no exception. */
  error?: {
    ename: string;
    evalue: string;
    /** The elements of a Jupyter traceback, with colours; an element may have several lines. */
    traceback: string[];
  };
}

/** A part of what a cell shows that is compared by itself. */
export type Part = "stdout" | "stderr" | "result" | "displays" | "order" | "error";

/** The result of comparing a part: `exact`; `normalised`, equal except for white space and colours; `wrong`. */
export type Match = "exact" | "normalised" | "wrong";

/** From the best to the worst. */
export const MATCHES: readonly Match[] = ["exact", "normalised", "wrong"];

/** A benchmark with published figures. */
export type Benchmark = "CRUXEval-O";

export interface CellScore {
  /** The cell's name in its set: `dict_multiline`, `sample_17`. */
  name: string;
  /** The name of the cell that this one repeats; absent if it repeats none. */
  repetitionOf?: string;
  /** For example `expression`, `print`, `error`, `state`, `rich`, `stdlib`, `magics`. */
  kind: string;
  /** Requirements besides the standard library: `numpy`, `shell`. */
  needs: readonly string[];
  code: string;
  expected: Shown;
  actual: Shown;
  /** The match of each part that the recording or the model has; empty if both show nothing. */
  parts: Partial<Record<Part, Match>>;
  /** The worst match of the parts; `exact` without parts. `wrong`, and no score, if the model failed or was late. */
  match: Match;
  /**
   * The share of the traceback that is as recorded; absent if no traceback was recorded. It does not count for the
   * match.
   */
  traceback?: TracebackScore;
  /** The reason why there is no answer, if the model failed or was late. */
  failure?: string;
  /** The kind of failure, if the model failed or was late. */
  failureKind?: ModelErrorKind | "late";
  /** The time from the request to the first output, in milliseconds; absent without an output. */
  firstOutputMs?: number;
  /** The time from the request to the end, in milliseconds. */
  durationMs: number;
  usage: UsageTotal;
}

/** The system prompt of a run that compares two. */
export interface PromptFacts {
  /** `built-in`, or the file's path. */
  name: string;
  /** The beginning of the prompt's SHA-256, in hexadecimal digits. */
  digest: string;
  /** The number of tokens, by `o200k_base`. */
  tokens: number;
}

export interface EvalRun {
  format: typeof EVAL_FORMAT;
  model: string;
  /** The host of the model's server; `offline` for the offline model. */
  server: string;
  /** The time of the start, ISO 8601. */
  startedAt: string;
  /** The name of the set: `golden`, or the file's name. */
  set: string;
  /** The number of cells in the set. Fewer are scored if a sample was taken or the run was interrupted. */
  cellsInSet: number;
  /** The sample that was taken; absent if all cells were asked for. */
  sample?: { size: number; seed: number };
  /** How often each cell was asked for; absent if once. */
  repeat?: number;
  /** The published benchmark that the set equals; absent for other sets. */
  benchmark?: Benchmark;
  /** The system prompt; absent if the run is not part of a comparison of prompts. */
  prompt?: PromptFacts;
  /** The price of tokens; absent if it is unknown. */
  price?: Price;
  /** The estimated cost of the cells before the run; absent for the offline model. */
  estimate?: UsageTotal;
  /** The cells that have been scored, in the set's order. */
  cells: CellScore[];
}
