/**
 * Formats a notebook's earlier cells for a model, as far as they fit.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import type { HistoryEntry } from "../history_entry.ts";
import type { Message } from "../model.ts";
import { cachedNamesUsed } from "./analysis_cache.ts";
import { cellLimits, formatEarlierCell, OMITTED } from "./earlier_cell.ts";
import { formatFiles } from "./file_block.ts";
import { FILES_SHARE, type HistoryWindow, historyWindow, RECALL_SHARE, SUMMARY_SHARE } from "./history_window.ts";
import { formatPastSummary } from "./past_summary.ts";
import { recallDefinitions } from "./recall.ts";
import { cachedSummary, type Summary } from "./summary_cache.ts";
import { estimateTokens } from "./token_estimate.ts";
import { DescribedFiles, fitFiles, lostFiles } from "./described_files.ts";

/** The options of {@linkcode buildPast}. */
export interface PastOptions {
  /** The cells that have run, oldest first. */
  history: readonly HistoryEntry[];
  /** The code of the current cell. */
  code: string;
  /** The number of cells that are sent with their outputs. Its square is the number of cells that are sent. Default: no limit. */
  maxHistoryLength?: number;
  /** Whether outputs are sent. Default: `true`. */
  includeOutputs?: boolean;
  /**
   * The number of tokens that the messages may take, as estimated by `estimateTokens`. With less than 100, there are no messages.
   */
  historyTokens: number;
  /** The number of characters of file descriptions in one message. Default: no limit. */
  fileCharacters?: number;
  /** Returns the text after a cell's prompt. */
  hintOf(entry: HistoryEntry): string;
}

/**
 * The tokens for the history if the context is not known: a fifth of the 128,000 of current models. The prompt, the cell and its
 * answer then fit in any case, and a request stays cheap.
 */
export const DEFAULT_HISTORY_TOKENS = 24_000;

/** The smallest limit with which messages are sent. */
const LEAST_TOKENS = 100;

/** The messages about the history. */
export interface FormattedPast {
  /** The messages. */
  turns: Message[];
  /** The files that they describe. */
  files: DescribedFiles;
}

/**
 * Builds the messages about the history: the summary of left-out cells, and the cells that are sent.
 *
 * First, the outputs of old cells and the large literals in their code are left out, then the oldest cells. Definitions of left-out
 * cells that the current cell uses are repeated in full at the end, only in this conversation. A file is described in the message
 * of the first sent cell that names it. Files that only left-out cells name are described with the summary, as far as they fit.
 */
export function buildPast(options: PastOptions): FormattedPast {
  const { history, code, maxHistoryLength = Infinity, includeOutputs = true, historyTokens, hintOf } = options;
  const { fileCharacters = Infinity } = options;
  const files = new DescribedFiles(fileCharacters);
  if (history.length === 0 || maxHistoryLength === 0 || historyTokens < LEAST_TOKENS) return { turns: [], files };
  const limits = cellLimits(historyTokens);
  const cells = history.map((entry) => formatEarlierCell(entry, hintOf(entry), limits));
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
  const sent = cells.slice(first).flatMap(({ code, shortCode, outputs, omitted }, index) => [
    withFiles(first + index < firstLong ? shortCode : code, files.pass(history[first + index].files)),
    ...(includeOutputs && first + index >= firstWhole ? outputs : omitted),
  ]);
  if (first === 0) return { turns: sent, files };
  const summary = summaryOf(history, window, historyTokens * SUMMARY_SHARE);
  const recalled = recallDefinitions({
    past: summary.past,
    summary: summary.text,
    sent: history.slice(first),
    code,
    maxTokens: historyTokens * RECALL_SHARE,
  });
  const leftOut = history.slice(0, first);
  const turns = [
    ...definitionTurns(leftOut, summary.text, kept),
    ...sent,
    ...(recalled === "" ? [] : definitionTurns(leftOut, recalled)),
  ];
  return { turns, files };
}

function withFiles(turn: Message, files: readonly CellFile[]): Message {
  return files.length === 0 ? turn : { ...turn, content: `${formatFiles(files)}${turn.content}` };
}

/** Summarizes the definitions of the left-out cells. The summary does not change until more cells are left out. */
function summaryOf(history: readonly HistoryEntry[], { first, trimmedAt }: HistoryWindow, maxTokens: number): Summary {
  const cells = history.slice(0, first).map(({ code, executionCount }) => ({ code, executionCount }));
  const usedLater = new Set(history.slice(first, trimmedAt).flatMap(({ code }) => [...cachedNamesUsed(code)]));
  return cachedSummary({ cells, usedLater, maxTokens, estimate: estimateTokens });
}

/** Creates the messages about the definitions of left-out cells. */
function definitionTurns(cells: readonly HistoryEntry[], code: string, files: readonly CellFile[] = []): Message[] {
  const [from, to] = [cells[0].executionCount, cells[cells.length - 1].executionCount];
  return [
    { role: "user", content: formatPastSummary({ from, to, code }, files) },
    OMITTED,
  ];
}
