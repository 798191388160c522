/**
 * Tells a model of a notebook's earlier cells, as far as they fit.
 *
 * @module
 */

import { namesUsed } from "../../python/names_used.ts";
import type { HistoryEntry } from "../history_entry.ts";
import type { Message } from "../model.ts";
import { conversationTokens } from "./conversation_tokens.ts";
import { cellLimits, type EarlierCell, tellCell } from "./earlier_cell.ts";
import { type CellSize, type HistoryWindow, historyWindow, SUMMARY_SHARE } from "./history_window.ts";
import { formatPastSummary } from "./past_summary.ts";
import { summarizePast } from "./summarize_past.ts";
import { OUTPUT_OMITTED } from "./system_prompt.ts";
import { estimateTokens } from "./token_estimate.ts";

/** The past, and how much of it may be told. */
export interface PastOptions {
  /** The cells that have run, oldest first. */
  history: readonly HistoryEntry[];
  /** How many cells are told with their outputs, at most, and its square is how many are told at all. Default: any number. */
  maxHistoryLength?: number;
  /** Whether outputs are told. Default: `true`. */
  includeOutputs?: boolean;
  /** How many tokens the turns may take, by our estimate. Below 100 there are none. */
  historyTokens: number;
  /** What a cell's turn says besides the prompt and the code. */
  hintOf(entry: HistoryEntry): string;
}

/** What is too little for any turn. */
const LEAST_TOKENS = 100;

/**
 * Makes the turns that tell of the past: what cells that are left out defined, and the cells that go out.
 *
 * The outputs of old cells are left out first, and large literals in them; then the oldest cells.
 */
export function tellPast(options: PastOptions): Message[] {
  const { history, maxHistoryLength = Infinity, includeOutputs = true, historyTokens, hintOf } = options;
  if (history.length === 0 || maxHistoryLength === 0 || historyTokens < LEAST_TOKENS) return [];
  const limits = cellLimits(historyTokens);
  const cells = history.map((entry) => tellCell(entry, hintOf(entry), limits));
  const window = historyWindow(cells.map((cell) => sizeOf(cell, includeOutputs)), {
    maxWhole: includeOutputs ? maxHistoryLength : Infinity,
    maxCells: maxHistoryLength ** 2,
    maxTokens: historyTokens,
  });
  const { first, firstLong, firstWhole } = window;
  return [
    ...tellSummary(history, window, historyTokens * SUMMARY_SHARE),
    ...cells.slice(first).flatMap(({ code, shortCode, outputs, omitted }, index) => [
      first + index < firstLong ? shortCode : code,
      ...(includeOutputs && first + index >= firstWhole ? outputs : [omitted]),
    ]),
  ];
}

function sizeOf({ code, shortCode, outputs, omitted }: EarlierCell, includeOutputs: boolean): CellSize {
  const least = conversationTokens([omitted]);
  const codeTokens = conversationTokens([code]) + least;
  return {
    code: codeTokens,
    shortCode: shortCode.content === code.content ? codeTokens : conversationTokens([shortCode]) + least,
    outputs: includeOutputs ? Math.max(0, conversationTokens(outputs) - least) : 0,
  };
}

/** What the cells that are left out defined. It stays the same until more are left out. */
function tellSummary(
  history: readonly HistoryEntry[],
  { first, trimmedAt }: HistoryWindow,
  maxTokens: number,
): Message[] {
  if (first === 0) return [];
  const cells = history.slice(0, first);
  const usedLater = new Set(history.slice(first, trimmedAt).flatMap(({ code }) => [...namesUsed(code)]));
  const code = summarizePast({ cells, usedLater, maxTokens, estimate: estimateTokens });
  const [from, to] = [cells[0].executionCount, cells[cells.length - 1].executionCount];
  return [
    { role: "user", content: formatPastSummary({ from, to, code }) },
    { role: "assistant", content: OUTPUT_OMITTED },
  ];
}
