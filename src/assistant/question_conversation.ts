/**
 * Builds the messages for one question. The cells above become user messages, and earlier answers become assistant messages.
 *
 * @module
 */

import type { CellFile } from "../execution/cell_file.ts";
import type { CellSettings } from "../execution/cell_settings.ts";
import type { Message } from "../execution/model.ts";
import { conversationTokens } from "../execution/prompt/conversation_tokens.ts";
import { formatFiles } from "../execution/prompt/file_block.ts";
import { historyWindow } from "../execution/prompt/history_window.ts";
import { shorten } from "../execution/prompt/shorten.ts";
import { estimateTokens } from "../execution/prompt/token_estimate.ts";
import { DescribedFiles } from "../execution/prompt/described_files.ts";
import { answerOf, type NotebookCell } from "./notebook_cell.ts";
import { assistantPrompt } from "./assistant_prompt.ts";
import { findFailingCell, fixInstruction, readErrorReport } from "./error_report.ts";
import { type CellLimits, formatCellOutputs, formatSource } from "./format_cell.ts";

/** A question and the notebook around it. */
export interface Question {
  /** The text of the AI cell. */
  question: string;
  /** The current cells above it, from the top of the notebook, including those that are hidden from the AI. */
  above: readonly NotebookCell[];
  /** The names of the files that were uploaded to the notebook. Default: none. */
  fileNames?: readonly string[];
  /** The uploaded files that the question mentions. Default: none. */
  files?: readonly CellFile[];
  /** Text that the cell's settings append to the system prompt. Default: none. */
  systemPrompt?: string;
}

export interface QuestionConversationOptions
  extends Question, Partial<Pick<CellSettings, "maxHistoryLength" | "includeOutputs">> {
  /** The number of tokens that the cells above may take, as estimated by `estimateTokens`. */
  historyTokens: number;
  /** The number of characters of file descriptions in one message. Default: no limit. */
  fileCharacters?: number;
}

/** The number of characters of a cell's source that are always allowed. */
const MIN_SOURCE_CHARACTERS = 500;

/** The smallest budget for cells, in tokens. With less, no cell is sent. */
const LEAST_TOKENS = 100;

/** A cell above the question, formatted for the model. */
interface FormattedCell {
  /** The source, or the question of an AI cell. */
  source: string;
  /** The outputs; empty if there are none. */
  outputs: string;
  /** The answer of an AI cell. */
  answer?: string;
  files?: readonly CellFile[];
}

/**
 * Adds new cells at the end, so that the beginning stays the same and the provider's prompt cache can reuse it. Text that is needed only
 * for this question is in the last message.
 */
export function buildQuestion(options: QuestionConversationOptions): Message[] {
  const { question, above, fileNames = [], systemPrompt, fileCharacters = Infinity } = options;
  const described = new DescribedFiles(fileCharacters);
  const messages: Message[] = [{ role: "system", content: assistantPrompt(systemPrompt) }];
  let said: string[] = [];
  const say = () => messages.push({ role: "user", content: said.join("\n\n") });
  for (const { source, outputs, answer, files } of formatCellsAbove(options)) {
    said.push(...fileParagraphs(described.pass(files)), source, ...outputs === "" ? [] : [outputs]);
    if (answer === undefined) continue;
    say();
    messages.push({ role: "assistant", content: answer });
    said = [];
  }
  said.push(...fileParagraphs(described.pass(options.files)), formatQuestion(question));
  if (fileNames.length > 0) {
    said.push(`Files of the notebook: ${fileNames.map((name) => JSON.stringify(name)).join(", ")}`);
  }
  const report = readErrorReport(question);
  if (report !== undefined) said.push(fixInstruction(report, findFailingCell(report, above)));
  say();
  return messages;
}

/**
 * Formats the cells above as far as they fit. The cells directly above are kept longest; old outputs are dropped first. Outputs are
 * kept as long as there is room. If they were dropped after a fixed number of cells, as in the history of code cells, the beginning
 * would change with every second question, because several cells lie between two questions.
 */
function formatCellsAbove(options: QuestionConversationOptions): FormattedCell[] {
  const { above, maxHistoryLength = Infinity, includeOutputs = true, historyTokens } = options;
  if (maxHistoryLength === 0 || historyTokens < LEAST_TOKENS) return [];
  const limits = { source: Math.max(MIN_SOURCE_CHARACTERS, historyTokens), outputs: Math.floor(historyTokens / 2) };
  const formatted = above.map((cell) => formatCell(cell, limits, includeOutputs)).filter((cell) => cell !== undefined);
  const files = new DescribedFiles(options.fileCharacters ?? Infinity);
  const sizes = formatted.map((cell) => sizeOf(cell, fileParagraphs(files.pass(cell.files))));
  const { first, firstWhole } = historyWindow(sizes, {
    maxWhole: Infinity,
    maxCells: maxHistoryLength ** 2,
    maxTokens: historyTokens,
  });
  const cells = formatted.slice(first).map((cell, index) => first + index < firstWhole ? withoutOutputs(cell) : cell);
  return first === 0 ? cells : [{ source: `[... ${first} cells left out ...]`, outputs: "" }, ...cells];
}

/** Formats a cell. Returns `undefined` if it is hidden or empty, or is a question without an answer. */
function formatCell(cell: NotebookCell, limits: CellLimits, includeOutputs: boolean): FormattedCell | undefined {
  const { files } = cell;
  if (cell.isHidden || cell.source.trim() === "") return undefined;
  if (cell.cellType !== "ai") {
    return {
      source: formatSource(cell, limits),
      outputs: includeOutputs ? formatCellOutputs(cell, limits) : "",
      files,
    };
  }
  const half = Math.floor(limits.source / 2);
  const answer = shorten(answerOf(cell), half);
  if (answer === "") return undefined;
  return { source: formatQuestion(shorten(cell.source, half)), outputs: "", answer, files };
}

/** Formats files as one paragraph of a message. Returns an empty list if there are none. */
function fileParagraphs(files: readonly CellFile[]): string[] {
  return files.length === 0 ? [] : [formatFiles(files).trimEnd()];
}

export function formatQuestion(question: string): string {
  return `Question:\n${question.trim()}`;
}

function withoutOutputs(cell: FormattedCell): FormattedCell {
  return cell.outputs === "" ? cell : { ...cell, outputs: "[... output left out ...]" };
}

function sizeOf({ source, outputs, answer }: FormattedCell, files: readonly string[]) {
  const turns: Message[] = [{ role: "user", content: [...files, source].join("\n\n") }];
  if (answer !== undefined) turns.push({ role: "assistant", content: answer });
  const code = conversationTokens(turns);
  return { code, shortCode: code, outputs: estimateTokens(outputs) };
}
