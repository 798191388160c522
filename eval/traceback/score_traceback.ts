/**
 * Compares the traceback of a model with the recorded one.
 *
 * @module
 */

import { diffArrays } from "diff";
import type { Shown } from "../eval_run.ts";
import { parseTraceback, type TracebackLine } from "./parse_traceback.ts";

export interface Share {
  /** The number of items that are as recorded. */
  right: number;
  /** The number of items on the side that has more, so that an invented line costs as much as a missing one. */
  of: number;
}

/** The score of a traceback. A share of zero lines is left out of every mean. */
export interface TracebackScore {
  /** The heads of calls: the cell or file, the line, and the function with its parameters. */
  frames: Share;
  /** The other lines: code with its number, remarks, the exceptions that led to this one, notes. */
  lines: Share;
  /** The arrows at lines of code, and the carets below a syntax error. */
  arrows: Share;
  /** The lines whose colours are right, of the frames and lines that are right. Not part of {@linkcode tracebackShare}. */
  colours: Share;
}

/** The most lines that may be missing or made up; texts that differ more have nothing in common, and aligning them takes too long. */
const MOST_EDITS = 1_000;

/**
 * @param actual the exception that the model has shown, if any
 * @returns `undefined` if no traceback was recorded
 */
export function scoreTraceback(expected: Shown["error"], actual: Shown["error"]): TracebackScore | undefined {
  const [recorded, shown] = [parseTraceback(expected), parseTraceback(actual)];
  if (recorded.frames.length + recorded.lines.length + recorded.arrows.length === 0) return undefined;
  const frames = alignLines(recorded.frames, shown.frames);
  const lines = alignLines(recorded.lines, shown.lines);
  const arrows = alignLines(recorded.arrows, shown.arrows);
  const shareOf = (part: keyof typeof recorded, pairs: readonly Pair[]): Share => ({
    right: pairs.length,
    of: Math.max(recorded[part].length, shown[part].length),
  });
  const right = [...frames, ...lines];
  return {
    frames: shareOf("frames", frames),
    lines: shareOf("lines", lines),
    arrows: shareOf("arrows", arrows),
    colours: { right: right.filter(([one, other]) => one.colours === other.colours).length, of: right.length },
  };
}

/** Returns the mean of the shares of frames, lines and arrows, from 0 to 1. */
export function tracebackShare({ frames, lines, arrows }: TracebackScore): number {
  const shares = [frames, lines, arrows].filter((share) => share.of > 0);
  return shares.reduce((sum, { right, of }) => sum + right / of, 0) / shares.length;
}

type Pair = [TracebackLine, TracebackLine];

/** Pairs lines with the same text, as many as possible without changing their order. */
function alignLines(expected: TracebackLine[], actual: TracebackLine[]): Pair[] {
  const comparator = (one: TracebackLine, other: TracebackLine) => one.text === other.text;
  const changes = diffArrays(expected, actual, { comparator, maxEditLength: MOST_EDITS }) ?? [];
  const pairs: Pair[] = [];
  let [left, right] = [0, 0];
  for (const { count = 0, added, removed } of changes) {
    if (!added && !removed) {
      for (let nth = 0; nth < count; nth++) pairs.push([expected[left + nth], actual[right + nth]]);
    }
    if (!added) left += count;
    if (!removed) right += count;
  }
  return pairs;
}
