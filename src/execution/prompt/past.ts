/**
 * Formats a notebook's earlier cells for a model, as far as they fit.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import type { HistoryEntry } from "../history_entry.ts";
import type { Message } from "../model.ts";
import { cachedNamesUsed } from "./analysis_cache.ts";
import { conversationTokens } from "./conversation_tokens.ts";
import { cellLimits, formatEarlierCell, OMITTED } from "./earlier_cell.ts";
import { formatFiles } from "./file_block.ts";
import { FILES_SHARE, type HistoryWindow, historyWindow, RECALL_SHARE, SUMMARY_SHARE } from "./history_window.ts";
import { formatPastSummary, type PastSummary } from "./past_summary.ts";
import { recallDefinitions } from "./recall.ts";
import { cachedSummary } from "./summary_cache.ts";
import { estimateTokens } from "./token_estimate.ts";
import { DescribedFiles, fitFiles, lostFiles } from "./described_files.ts";

export interface PastOptions {
  /** The cells that have run, oldest first. */
  history: readonly HistoryEntry[];
  /** The code of the current cell. */
  code: string;
  /** The number of cells that are sent with their outputs. Its square is the number of cells that are sent. Default: no limit. */
  maxHistoryLength?: number;
  /** Whether outputs are sent. Default: `true`. */
  includeOutputs?: boolean;
  /** The number of tokens that the messages may take, as estimated by `estimateTokens`. With less than 100, there are no messages. */
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
  const codes = cells.slice(first).map(({ code, shortCode }, index) => first + index < firstLong ? shortCode : code);
  const sent = cells.slice(first).flatMap(({ outputs, omitted }, index) => [
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
    ...(summary === undefined ? [] : definitionTurns({ code: summary, ...countsOf(history, 0, first - 1) }, kept)),
    ...sent,
    ...(recalled === undefined
      ? []
      : definitionTurns({ code: recalled.code, ...countsOf(history, recalled.first, recalled.last), isRecall: true })),
  ];
  return { turns, files };
}

function withFiles(turn: Message, files: readonly CellFile[]): Message {
  return files.length === 0 ? turn : { ...turn, content: `${formatFiles(files)}${turn.content}` };
}

/** Summarizes the definitions of the left-out cells. The summary does not change until more cells are left out. */
function summaryOf(history: readonly HistoryEntry[], { first, trimmedAt }: HistoryWindow, maxTokens: number): string {
  const cells = history.slice(0, first).map(({ code, executionCount }) => ({ code, executionCount }));
  const usedLater = new Set(history.slice(first, trimmedAt).flatMap(({ code }) => [...cachedNamesUsed(code)]));
  return cachedSummary({ cells, usedLater, maxTokens, estimate: estimateTokens });
}

/** The execution counts of the first and the last of some cells. */
function countsOf(history: readonly HistoryEntry[], first: number, last: number): Pick<PastSummary, "from" | "to"> {
  return { from: history[first].executionCount, to: history[last].executionCount };
}

/** Creates the messages about the definitions of earlier cells. */
function definitionTurns(summary: PastSummary, files: readonly CellFile[] = []): Message[] {
  return [{ role: "user", content: formatPastSummary(summary, files) }, OMITTED];
}

/** The tokens of the messages that recall definitions, without the definitions. */
const RECALL_TURNS_TOKENS = conversationTokens(
  definitionTurns({ from: 1_000, to: 1_000, code: "", isRecall: true }),
);
