/**
 * Long pasts as a set: cells that use definitions from 50 and 200 cells before them.
 *
 * @module
 */

import { dirname } from "node:path";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { GoldenCell } from "../../test/golden/golden_cells.ts";
import type { EvalSet } from "../eval_set.ts";
import { goldenSet } from "../golden/golden_set.ts";

/** The name of the set, on the command line too. */
export const LONG_PASTS = "long-pasts";

/**
 * The recordings, each a separate session. The number is the count of cells between a definition and the cell that
 * uses it.
 */
const SESSIONS = ["back_50", "back_200"] as const;

/** The kind of the cells that only make the past. */
const PAST = "past";

/**
 * Makes the set: the cells that use an old definition, each after all recorded cells before it. The cells that only make the past are
 * named alike in both sessions, and none of them is asked for.
 */
export function longPastSet(): EvalSet {
  const sessions = longPastSessions();
  const dependsOn = new Map(Object.values(sessions).flat().map((cell) => [cell.name, cell.depends_on ?? []]));
  const cells = goldenSet(sessions).cells.filter(({ kind }) => kind !== PAST)
    .map((cell) => ({ ...cell, dependsOn: dependsOn.get(cell.name)! }));
  return { name: LONG_PASTS, cells };
}

export function longPastSessions(): Record<string, readonly GoldenCell[]> {
  const folder = dirname(fileURLToPath(import.meta.url));
  return Object.fromEntries(SESSIONS.map((name) => {
    const { cells }: { cells: GoldenCell[] } = JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8"));
    return [name, cells];
  }));
}
