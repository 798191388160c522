/**
 * Sets the lines of two texts beside each other.
 *
 * @module
 */

import { diffArrays } from "diff";

/**
 * Two lines beside each other, each with its newline. One side is absent where the other text has an additional line.
 */
export interface DiffRow {
  expected?: string;
  /** Equal to `expected` if the lines do not differ. */
  actual?: string;
}

/** The most lines that may be removed and added. Texts that differ more are paired from the top: aligning them takes too long. */
const MOST_EDITS = 1_000;

/** Sets two texts beside each other so that as many lines as possible are beside their equals. */
export function diffLines(expected: string, actual: string): DiffRow[] {
  const left = linesOf(expected);
  const right = linesOf(actual);
  const changes = diffArrays(left, right, { maxEditLength: MOST_EDITS });
  if (changes === undefined) return pair(left, right);
  const rows: DiffRow[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  for (const change of changes) {
    if (change.removed) removed = removed.concat(change.value);
    else if (change.added) added = added.concat(change.value);
    else {
      rows.push(...pair(removed, added), ...pair(change.value, change.value));
      [removed, added] = [[], []];
    }
  }
  return [...rows, ...pair(removed, added)];
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

function pair(left: readonly string[], right: readonly string[]): DiffRow[] {
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, index) => ({ expected: left[index], actual: right[index] }),
  );
}
