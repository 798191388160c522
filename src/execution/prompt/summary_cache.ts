/**
 * Caches summaries of the history, because a summary stays the same over many requests.
 *
 * @module
 */

import { pastOf } from "./past_of.ts";
import { summarizePast, type SummaryOptions } from "./summarize_past.ts";

/** The number of cached summaries: one for each active notebook. */
const MAX_SUMMARIES = 16;

/** The options of {@linkcode cachedSummary}. `cells` are the left-out cells, oldest first. */
export interface CachedSummaryOptions extends Omit<SummaryOptions, "past"> {
  cells: readonly { code: string; executionCount: number }[];
}

const remembered: { options: CachedSummaryOptions; summary: string }[] = [];

/** Summarizes cells like {@linkcode summarizePast}, with a cache. */
export function cachedSummary(options: CachedSummaryOptions): string {
  const index = remembered.findIndex((known) => isSame(known.options, options));
  const [known] = index === -1 ? [{ options, summary: sumUp(options) }] : remembered.splice(index, 1);
  remembered.unshift(known);
  remembered.length = Math.min(remembered.length, MAX_SUMMARIES);
  return known.summary;
}

function sumUp({ cells, ...options }: CachedSummaryOptions): string {
  return summarizePast({ ...options, past: pastOf(cells) });
}

function isSame(one: CachedSummaryOptions, other: CachedSummaryOptions): boolean {
  return one.maxTokens === other.maxTokens && one.estimate === other.estimate &&
    one.cells.length === other.cells.length &&
    one.cells.every(({ code, executionCount }, index) => {
      const cell = other.cells[index];
      return executionCount === cell.executionCount && code === cell.code;
    }) && one.usedLater.size === other.usedLater.size && one.usedLater.isSubsetOf(other.usedLater);
}
