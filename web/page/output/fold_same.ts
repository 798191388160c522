/**
 * Leaves long equal passages out of a comparison, and limits its length.
 *
 * @module
 */

import type { DiffLine } from "./diff_lines.ts";

/** The number of equal lines shown around a difference. */
const CONTEXT = 3;

/** The most lines shown. */
const MOST_LINES = 400;

/** A line, or the number of lines that are left out. */
export type FoldedLine = DiffLine | { kind: "left out"; count: number };

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

/** Whether each line differs or is near one that does. */
function nearChanges(lines: readonly DiffLine[]): boolean[] {
  const isNear = lines.map(() => false);
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== "same") isNear.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  }
  return isNear;
}
