/**
 * Leaves out of a comparison what is the same far and wide, and what is too long.
 *
 * @module
 */

import type { DiffLine } from "./diff_lines.ts";

/** How many lines that are the same stand around one that differs. */
const CONTEXT = 3;

/** The most lines that are shown. */
const MOST_LINES = 400;

/** A line, or the number of lines that are left out. */
export type FoldedLine = DiffLine | { kind: "left out"; count: number };

/** Folds a comparison. */
export function foldSame(lines: readonly DiffLine[]): FoldedLine[] {
  const isNear = nearChanges(lines);
  const folded: FoldedLine[] = [];
  let left = 0;
  let shown = 0;
  for (const [index, line] of lines.entries()) {
    if (isNear[index] && shown < MOST_LINES) {
      if (left > 0) folded.push({ kind: "left out", count: left });
      [left, shown] = [0, shown + 1];
      folded.push(line);
    } else left++;
  }
  if (left > 0) folded.push({ kind: "left out", count: left });
  return folded;
}

/** Whether each line differs or stands near one that does. */
function nearChanges(lines: readonly DiffLine[]): boolean[] {
  const isNear = lines.map(() => false);
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== "same") isNear.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  }
  return isNear;
}
