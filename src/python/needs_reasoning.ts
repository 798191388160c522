/**
 * Determines whether a model should work out a cell before it writes the outputs.
 *
 * @module
 */

import type { CellAnalysis } from "./analyse_cell.ts";

/**
 * Whether a model should work out the cell step by step: it has loops, comprehensions or difficult arithmetic, or it calls
 * functions that the notebook defines. Code that does not parse never runs, so it needs no reasoning.
 *
 * @param definedEarlier the names that earlier cells define, from their `features.defines`
 */
export function needsReasoning({ parses, features }: CellAnalysis, definedEarlier: ReadonlySet<string>): boolean {
  if (!parses) return false;
  const { loops, comprehensions, arithmetic, callsOf, defines } = features;
  if (loops || comprehensions || arithmetic) return true;
  const definedHere = new Set(defines);
  return callsOf.some((name) => definedHere.has(name) || definedEarlier.has(name));
}
