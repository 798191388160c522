/**
 * Compares two texts by line.
 *
 * @module
 */

import { diffArrays } from "diff";

/** A line of either text, or of both. */
export interface DiffLine {
  kind: "same" | "removed" | "added";
  text: string;
}

/** The most removed and added lines. Comparing texts that differ more takes too long. */
const MOST_EDITS = 500;

/** If the texts have almost nothing in common, all lines differ. */
export function diffLines(before: readonly string[], now: readonly string[]): DiffLine[] {
  const changes = diffArrays([...before], [...now], { maxEditLength: MOST_EDITS });
  if (changes === undefined) return [...before.map(line("removed")), ...now.map(line("added"))];
  return changes.flatMap(({ value, added, removed }) =>
    value.map(line(added ? "added" : removed ? "removed" : "same"))
  );
}

/** Counts the lines that differ. A line that was replaced by another counts once. */
export function countChanged(lines: readonly DiffLine[]): number {
  let changed = 0;
  let [removed, added] = [0, 0];
  for (const { kind } of [...lines, { kind: "same" }]) {
    if (kind === "removed") removed++;
    else if (kind === "added") added++;
    else {
      changed += Math.max(removed, added);
      [removed, added] = [0, 0];
    }
  }
  return changed;
}

function line(kind: DiffLine["kind"]): (text: string) => DiffLine {
  return (text) => ({ kind, text });
}
