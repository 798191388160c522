/**
 * Whether a cell is worth scratch work before its outputs are written.
 *
 * @module
 */

import type { CellAnalysis } from "./analyse_cell.ts";

/**
 * Whether a model had better work the cell out: it has loops, comprehensions, arithmetic that is not done in passing, or calls
 * what the notebook itself has defined. Code that does not parse never runs.
 *
 * @param analysis the cell
 * @param definedEarlier the names that earlier cells of the notebook define, from their `features.defines`
 */
export function needsReasoning({ parses, features }: CellAnalysis, definedEarlier: ReadonlySet<string>): boolean {
  if (!parses) return false;
  const { loops, comprehensions, arithmetic, callsOf, defines } = features;
  if (loops || comprehensions || arithmetic) return true;
  const definedHere = new Set(defines);
  return callsOf.some((name) => definedHere.has(name) || definedEarlier.has(name));
}
