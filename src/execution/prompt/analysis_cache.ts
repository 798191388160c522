/**
 * Remembers what cells' code tells: every request tells of all earlier cells, whose code stays the same.
 *
 * @module
 */

import { analyseCell, type CellAnalysis } from "../../python/analyse_cell.ts";

/** How many cells are remembered: twice as many as a conversation may tell of. */
const MAX_CELLS = 1_000;

/** The longest code that is remembered, in characters, so that little memory is held. */
const MAX_CHARACTERS = 10_000;

const known = new Map<string, CellAnalysis>();

/** Analyses a cell as {@linkcode analyseCell} does, but not twice. */
export function cachedAnalysis(code: string): CellAnalysis {
  const remembered = known.get(code);
  if (remembered !== undefined) return remembered;
  const analysis = analyseCell(code);
  if (code.length > MAX_CHARACTERS) return analysis;
  if (known.size >= MAX_CELLS) known.delete(known.keys().next().value!);
  known.set(code, analysis);
  return analysis;
}
