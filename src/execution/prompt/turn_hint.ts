/**
 * Formats the hints after a cell's prompt: whether a value is expected, the time, and whether to reason first.
 *
 * They are not in the system prompt, because that must not change, and not in a separate message, because some servers reject that.
 *
 * @module
 */

import type { CellAnalysis } from "../../python/analyse_cell.ts";
import type { ScratchWork } from "./reasoning.ts";

/** The hints for scratch work, which the system prompt explains. */
export const SCRATCH_HINTS: Record<ScratchWork, string> = {
  off: "",
  brief: "work it out in short notes first",
  full: "work it out step by step first",
};

/**
 * Returns the hint that says whether the cell can have a value. It depends only on the code, so that the message is the same in
 * later requests.
 *
 * @param executionCount the `n` of `Out[n]`
 * @param result the analysis of the code's last statement
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
 * Returns the hint with the time, to the second. Only the last message contains it: the outputs of earlier cells show the time that
 * they used, and the beginning of all requests must not depend on the date.
 */
export function clockHint(date: Date): string {
  return `now ${date.toISOString().slice(0, "2026-01-31T23:59:59".length).replace("T", " ")} UTC`;
}

/** Joins hints into the text after a prompt. */
export function joinHints(...hints: string[]): string {
  return hints.filter((hint) => hint !== "").join("; ");
}
