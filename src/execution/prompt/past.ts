/**
 * Tells a model of a notebook's earlier cells, as far as they fit.
 *
 * @module
 */

import type { HistoryEntry } from "../history_entry.ts";
import type { Message } from "../model.ts";
import { cachedNamesUsed } from "./analysis_cache.ts";
import { cellLimits, OMITTED, tellCell } from "./earlier_cell.ts";
import { type HistoryWindow, historyWindow, RECALL_SHARE, SUMMARY_SHARE } from "./history_window.ts";
import { formatPastSummary } from "./past_summary.ts";
import { recallDefinitions } from "./recall.ts";
import { cachedSummary, type Summary } from "./summary_cache.ts";
import { estimateTokens } from "./token_estimate.ts";

/** The past, and how much of it may be told. */
export interface PastOptions {
  /** The cells that have run, oldest first. */
  history: readonly HistoryEntry[];
  /** The code of the cell that is to run. */
  code: string;
  /** How many cells are told with their outputs, at most, and its square is how many are told at all. Default: any number. */
  maxHistoryLength?: number;
  /** Whether outputs are told. Default: `true`. */
  includeOutputs?: boolean;
  /** How many tokens the turns may take, by our estimate. Below 100 there are none. */
  historyTokens: number;
  /** What a cell's turn says besides the prompt and the code. */
  hintOf(entry: HistoryEntry): string;
}

/**
 * What the past may take where the context is not known, in tokens: a fifth of the 128,000 that current models read, so that the
 * prompt, the cell and its answer fit in any case, and a request stays cheap.
 */
export const DEFAULT_HISTORY_TOKENS = 24_000;

/** What is too little for any turn. */
const LEAST_TOKENS = 100;

/**
 * Makes the turns that tell of the past: what cells that are left out defined, and the cells that go out.
 *
 * The outputs of old cells are left out first, and large literals in them; then the oldest cells. What the cell at hand uses of them
 * is told in full once more at the end, in this conversation only.
 */
export function tellPast(options: PastOptions): Message[] {
  const { history, code, maxHistoryLength = Infinity, includeOutputs = true, historyTokens, hintOf } = options;
  if (history.length === 0 || maxHistoryLength === 0 || historyTokens < LEAST_TOKENS) return [];
  const limits = cellLimits(historyTokens);
  const cells = history.map((entry) => tellCell(entry, hintOf(entry), limits));
  const sizes = cells.map(({ size }) => includeOutputs ? size : { ...size, outputs: 0 });
  const window = historyWindow(sizes, {
    maxWhole: includeOutputs ? maxHistoryLength : Infinity,
    maxCells: maxHistoryLength ** 2,
    maxTokens: historyTokens,
  });
  const { first, firstLong, firstWhole } = window;
  const told = cells.slice(first).flatMap(({ code, shortCode, outputs, omitted }, index) => [
    first + index < firstLong ? shortCode : code,
    ...(includeOutputs && first + index >= firstWhole ? outputs : omitted),
  ]);
  if (first === 0) return told;
  const summary = summaryOf(history, window, historyTokens * SUMMARY_SHARE);
  const recalled = recallDefinitions({
    past: summary.past,
    summary: summary.text,
    sent: history.slice(first),
    code,
    maxTokens: historyTokens * RECALL_SHARE,
  });
  const leftOut = history.slice(0, first);
  return [
    ...tellDefinitions(leftOut, summary.text),
    ...told,
    ...(recalled === "" ? [] : tellDefinitions(leftOut, recalled)),
  ];
}

/** Sums up what the cells that are left out defined. It stays the same until more are left out. */
function summaryOf(history: readonly HistoryEntry[], { first, trimmedAt }: HistoryWindow, maxTokens: number): Summary {
  const cells = history.slice(0, first).map(({ code, executionCount }) => ({ code, executionCount }));
  const usedLater = new Set(history.slice(first, trimmedAt).flatMap(({ code }) => [...cachedNamesUsed(code)]));
  return cachedSummary({ cells, usedLater, maxTokens, estimate: estimateTokens });
}

/** Tells what the cells before this one defined. */
function tellDefinitions(cells: readonly HistoryEntry[], code: string): Message[] {
  const [from, to] = [cells[0].executionCount, cells[cells.length - 1].executionCount];
  return [
    { role: "user", content: formatPastSummary({ from, to, code }) },
    OMITTED,
  ];
}
