/**
 * Tells a model of a notebook's earlier cells, as far as they fit.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import type { HistoryEntry } from "../history_entry.ts";
import type { Message } from "../model.ts";
import { cachedNamesUsed } from "./analysis_cache.ts";
import { conversationTokens } from "./conversation_tokens.ts";
import { cellLimits, OMITTED, tellCell } from "./earlier_cell.ts";
import { formatFiles } from "./file_block.ts";
import { FILES_SHARE, type HistoryWindow, historyWindow, RECALL_SHARE, SUMMARY_SHARE } from "./history_window.ts";
import { formatPastSummary, type PastSummary } from "./past_summary.ts";
import { recallDefinitions } from "./recall.ts";
import { cachedSummary } from "./summary_cache.ts";
import { estimateTokens } from "./token_estimate.ts";
import { fitFiles, lostFiles, ToldFiles } from "./told_files.ts";

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
  /** How many characters of files one turn tells, at most. Default: any number. */
  fileCharacters?: number;
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

/** The past as it is told. */
export interface ToldPast {
  /** The turns that tell of it. */
  turns: Message[];
  /** Which files they tell. */
  files: ToldFiles;
}

/**
 * Makes the turns that tell of the past: what cells that are left out defined, and the cells that go out.
 *
 * The outputs of old cells are left out first, and large literals in them; then the oldest cells. What the cell at hand uses of them
 * is told in full once more at the end, in this conversation only. A file stands in the turn of the first cell that goes out and names
 * it; files that only cells before those name are told with what these defined, as far as there is room.
 */
export function tellPast(options: PastOptions): ToldPast {
  const { history, code, maxHistoryLength = Infinity, includeOutputs = true, historyTokens, hintOf } = options;
  const { fileCharacters = Infinity } = options;
  const files = new ToldFiles(fileCharacters);
  if (history.length === 0 || maxHistoryLength === 0 || historyTokens < LEAST_TOKENS) return { turns: [], files };
  const limits = cellLimits(historyTokens);
  const cells = history.map((entry) => tellCell(entry, hintOf(entry), limits));
  const sizes = cells.map(({ size }) => includeOutputs ? size : { ...size, outputs: 0 });
  const window = historyWindow(sizes, {
    maxWhole: includeOutputs ? maxHistoryLength : Infinity,
    maxCells: maxHistoryLength ** 2,
    maxTokens: historyTokens,
    maxFileCharacters: fileCharacters,
  });
  const { first, firstLong, firstWhole } = window;
  const lost = lostFiles(history, first, window.trimmedAt);
  const kept = fitFiles(lost, historyTokens * FILES_SHARE);
  files.add(kept.filter((file) => lost.includes(file)));
  const codes = cells.slice(first).map(({ code, shortCode }, index) => first + index < firstLong ? shortCode : code);
  const told = cells.slice(first).flatMap(({ outputs, omitted }, index) => [
    withFiles(codes[index], files.pass(history[first + index].files)),
    ...(includeOutputs && first + index >= firstWhole ? outputs : omitted),
  ]);
  const summary = first === 0 ? undefined : summaryOf(history, window, historyTokens * SUMMARY_SHARE);
  const isShortened = first > 0 || firstLong > 0;
  const recalled = !isShortened ? undefined : recallDefinitions({
    cells: history,
    turns: codes.map(({ content }) => content!),
    summary: summary ?? "",
    code,
    maxTokens: historyTokens * RECALL_SHARE - RECALL_TURNS_TOKENS,
  });
  const turns = [
    ...(summary === undefined ? [] : tellDefinitions({ code: summary, ...countsOf(history, 0, first - 1) }, kept)),
    ...told,
    ...(recalled === undefined
      ? []
      : tellDefinitions({ code: recalled.code, ...countsOf(history, recalled.first, recalled.last), isRecall: true })),
  ];
  return { turns, files };
}

function withFiles(turn: Message, files: readonly CellFile[]): Message {
  return files.length === 0 ? turn : { ...turn, content: `${formatFiles(files)}${turn.content}` };
}

/** Sums up what the cells that are left out defined. It stays the same until more are left out. */
function summaryOf(history: readonly HistoryEntry[], { first, trimmedAt }: HistoryWindow, maxTokens: number): string {
  const cells = history.slice(0, first).map(({ code, executionCount }) => ({ code, executionCount }));
  const usedLater = new Set(history.slice(first, trimmedAt).flatMap(({ code }) => [...cachedNamesUsed(code)]));
  return cachedSummary({ cells, usedLater, maxTokens, estimate: estimateTokens });
}

/** The execution counts of the first and the last of some cells. */
function countsOf(history: readonly HistoryEntry[], first: number, last: number): Pick<PastSummary, "from" | "to"> {
  return { from: history[first].executionCount, to: history[last].executionCount };
}

/** Tells what cells before this one defined. */
function tellDefinitions(summary: PastSummary, files: readonly CellFile[] = []): Message[] {
  return [{ role: "user", content: formatPastSummary(summary, files) }, OMITTED];
}

/** What the turns take that recall something, besides that. */
const RECALL_TURNS_TOKENS = conversationTokens(
  tellDefinitions({ from: 1_000, to: 1_000, code: "", isRecall: true }),
);
