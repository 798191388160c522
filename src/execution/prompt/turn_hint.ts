/**
 * What the first line of a cell's turn says besides the prompt: whether a value is expected, what time it is, and whether to think first.
 *
 * It stands there and not in the system prompt, which never changes, and not in a message of its own, which some servers refuse.
 *
 * @module
 */

import type { CellAnalysis } from "../../python/analyse_cell.ts";
import type { ScratchWork } from "./reasoning.ts";

/** The words for scratch work, which the system prompt explains. */
export const SCRATCH_HINTS: Record<ScratchWork, string> = {
  off: "",
  brief: "work it out in short notes first",
  full: "work it out step by step first",
};

/**
 * Says whether the cell can have a value. It depends on the code alone, so that the turn stays the same in later requests.
 *
 * @param executionCount the `n` of `Out[n]`
 * @param result what the code's last statement promises
 */
export function resultHint(executionCount: number, result: CellAnalysis["result"]): string {
  switch (result) {
    case "none":
      return `no Out[${executionCount}]`;
    case "expected":
      return `Out[${executionCount}] unless None`;
    case "unknown":
      return "";
  }
}

/**
 * Says what time it is, to the second. It stands in the last turn only: what a cell has shown of the time stands in its outputs, and the
 * prefix that requests share has no date, whenever the agent was started.
 */
export function clockHint(date: Date): string {
  return `now ${date.toISOString().slice(0, "2026-01-31T23:59:59".length).replace("T", " ")} UTC`;
}

/** Joins hints into the end of a turn's first line. */
export function joinHints(...hints: string[]): string {
  return hints.filter((hint) => hint !== "").join("; ");
}
