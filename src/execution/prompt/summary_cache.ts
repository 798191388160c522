/**
 * Remembers summaries of the past: one stays the same over many requests.
 *
 * @module
 */

import { summarizePast, type SummaryOptions } from "./summarize_past.ts";

/** How many are remembered: one for each notebook that is at work. */
const MAX_SUMMARIES = 16;

interface Remembered {
  options: SummaryOptions;
  text: string;
}

const remembered: Remembered[] = [];

/** Sums up as {@linkcode summarizePast} does, but not twice in a row. */
export function cachedSummary(options: SummaryOptions): string {
  const index = remembered.findIndex((known) => isSame(known.options, options));
  const [known] = index === -1 ? [{ options, text: summarizePast(options) }] : remembered.splice(index, 1);
  remembered.unshift(known);
  remembered.length = Math.min(remembered.length, MAX_SUMMARIES);
  return known.text;
}

function isSame(one: SummaryOptions, other: SummaryOptions): boolean {
  return one.maxTokens === other.maxTokens && one.estimate === other.estimate &&
    one.cells.length === other.cells.length &&
    one.cells.every(({ code, executionCount }, index) => {
      const cell = other.cells[index];
      return executionCount === cell.executionCount && code === cell.code;
    }) && one.usedLater.size === other.usedLater.size && one.usedLater.isSubsetOf(other.usedLater);
}
