/**
 * Remembers summaries of the past: one stays the same over many requests.
 *
 * @module
 */

import type { Past } from "./past_names.ts";
import { pastOf } from "./past_of.ts";
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

/** What a summary is made from: the cells that are left out, oldest first. */
export interface CachedSummaryOptions extends Omit<SummaryOptions, "past"> {
  cells: readonly { code: string; executionCount: number }[];
}

const remembered: { options: CachedSummaryOptions; summary: Summary }[] = [];

/** Sums up as {@linkcode summarizePast} does, but not twice in a row. */
export function cachedSummary(options: CachedSummaryOptions): Summary {
  const index = remembered.findIndex((known) => isSame(known.options, options));
  const [known] = index === -1 ? [{ options, summary: sumUp(options) }] : remembered.splice(index, 1);
  remembered.unshift(known);
  remembered.length = Math.min(remembered.length, MAX_SUMMARIES);
  return known.summary;
}

function sumUp({ cells, ...options }: CachedSummaryOptions): Summary {
  const past = pastOf(cells);
  return { text: summarizePast({ ...options, past }), past };
}

function isSame(one: CachedSummaryOptions, other: CachedSummaryOptions): boolean {
  return one.maxTokens === other.maxTokens && one.estimate === other.estimate &&
    one.cells.length === other.cells.length &&
    one.cells.every(({ code, executionCount }, index) => {
      const cell = other.cells[index];
      return executionCount === cell.executionCount && code === cell.code;
    }) && one.usedLater.size === other.usedLater.size && one.usedLater.isSubsetOf(other.usedLater);
}
