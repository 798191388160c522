/**
 * Remembers summaries of the past: one stays the same over many requests.
 *
 * @module
 */

import { cachedDefinitions } from "./analysis_cache.ts";
import { type Past, pastNames } from "./past_names.ts";
import { summarizePast, type SummaryOptions } from "./summarize_past.ts";

/** How many are remembered: one for each notebook that is at work. */
const MAX_SUMMARIES = 16;

/** A summary, and what it was made from. */
export interface Summary {
  /** What is told. */
  text: string;
  /** All that there was to tell. */
  past: Past;
}

const remembered: { options: SummaryOptions; summary: Summary }[] = [];

/** Sums up as {@linkcode summarizePast} does, but not twice in a row. */
export function cachedSummary(options: SummaryOptions): Summary {
  const index = remembered.findIndex((known) => isSame(known.options, options));
  const [known] = index === -1 ? [{ options, summary: sumUp(options) }] : remembered.splice(index, 1);
  remembered.unshift(known);
  remembered.length = Math.min(remembered.length, MAX_SUMMARIES);
  return known.summary;
}

function sumUp(options: SummaryOptions): Summary {
  const past = pastNames(options.cells.map(({ code, executionCount }) => {
    return { executionCount, definitions: cachedDefinitions(code) };
  }));
  return { text: summarizePast(options), past };
}

function isSame(one: SummaryOptions, other: SummaryOptions): boolean {
  return one.maxTokens === other.maxTokens && one.estimate === other.estimate &&
    one.cells.length === other.cells.length &&
    one.cells.every(({ code, executionCount }, index) => {
      const cell = other.cells[index];
      return executionCount === cell.executionCount && code === cell.code;
    }) && one.usedLater.size === other.usedLater.size && one.usedLater.isSubsetOf(other.usedLater);
}
