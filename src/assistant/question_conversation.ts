/**
 * The conversation for one question: the notebook above it as the person's turns, earlier answers as the assistant's.
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
import { ToldFiles } from "../execution/prompt/told_files.ts";
import { answerOf, type NotebookCell } from "./notebook_cell.ts";
import { assistantPrompt } from "./assistant_prompt.ts";
import { findFailingCell, fixInstruction, readErrorReport } from "./error_report.ts";
import { type CellLimits, tellCellOutputs, tellSource } from "./tell_cell.ts";

/** A question, and what it is asked about. */
export interface Question {
  /** The text of the AI cell. */
  question: string;
  /** The cells above it, from the notebook's top, as they stand now; also those that are hidden from the AI. */
  above: readonly NotebookCell[];
  /** The names of the files that were uploaded to the notebook. Default: none. */
  fileNames?: readonly string[];
  /** Those that the question mentions. Default: none. */
  files?: readonly CellFile[];
  /** What the cell's settings add to the system prompt. Default: nothing. */
  systemPrompt?: string;
}

/** What a conversation is made from. */
export interface QuestionConversationOptions
  extends Question, Partial<Pick<CellSettings, "maxHistoryLength" | "includeOutputs">> {
  /** How many tokens the cells above may take, by our estimate. */
  historyTokens: number;
  /** How many characters a turn may tell of files. Default: as many as they have. */
  fileCharacters?: number;
}

/** The fewest characters of a cell's text that may be told. */
const MIN_SOURCE_CHARACTERS = 500;

/** What is too little for any cell, in tokens. */
const LEAST_TOKENS = 100;

/** A cell above, in words. */
interface ToldCell {
  /** Its text, or the question of an AI cell. */
  source: string;
  /** What it shows; empty where it shows nothing. */
  outputs: string;
  /** The answer of an AI cell. */
  answer?: string;
  /** The files that it names. */
  files?: readonly CellFile[];
}

/**
 * Builds the conversation. Cells that were added below leave its beginning as it was, so that the provider's prompt cache answers for
 * it; what is said for this question only stands at the end.
 */
export function buildQuestion(options: QuestionConversationOptions): Message[] {
  const { question, above, fileNames = [], systemPrompt, fileCharacters = Infinity } = options;
  const told = new ToldFiles(fileCharacters);
  const messages: Message[] = [{ role: "system", content: assistantPrompt(systemPrompt) }];
  let said: string[] = [];
  const say = () => messages.push({ role: "user", content: said.join("\n\n") });
  for (const { source, outputs, answer, files } of tellAbove(options)) {
    said.push(...tellFiles(told.pass(files)), source, ...outputs === "" ? [] : [outputs]);
    if (answer === undefined) continue;
    say();
    messages.push({ role: "assistant", content: answer });
    said = [];
  }
  said.push(...tellFiles(told.pass(options.files)), tellQuestion(question));
  if (fileNames.length > 0) {
    said.push(`Files of the notebook: ${fileNames.map((name) => JSON.stringify(name)).join(", ")}`);
  }
  const report = readErrorReport(question);
  if (report !== undefined) said.push(fixInstruction(report, findFailingCell(report, above)));
  say();
  return messages;
}

/**
 * Tells the cells above as far as they fit: what stands right above longest, old outputs the least. Outputs stay as long as there is
 * room. Were they left out after so many cells, as in Python's history, every second question would begin anew: several cells stand
 * between two.
 */
function tellAbove(options: QuestionConversationOptions): ToldCell[] {
  const { above, maxHistoryLength = Infinity, includeOutputs = true, historyTokens } = options;
  if (maxHistoryLength === 0 || historyTokens < LEAST_TOKENS) return [];
  const limits = { source: Math.max(MIN_SOURCE_CHARACTERS, historyTokens), outputs: Math.floor(historyTokens / 2) };
  const told = above.map((cell) => tellCell(cell, limits, includeOutputs)).filter((cell) => cell !== undefined);
  const files = new ToldFiles(options.fileCharacters ?? Infinity);
  const sizes = told.map((cell) => sizeOf(cell, tellFiles(files.pass(cell.files))));
  const { first, firstWhole } = historyWindow(sizes, {
    maxWhole: Infinity,
    maxCells: maxHistoryLength ** 2,
    maxTokens: historyTokens,
  });
  const cells = told.slice(first).map((cell, index) => first + index < firstWhole ? withoutOutputs(cell) : cell);
  return first === 0 ? cells : [{ source: `[... ${first} cells left out ...]`, outputs: "" }, ...cells];
}

/** Tells a cell; nothing of one that is hidden or empty, nor of a question without an answer. */
function tellCell(cell: NotebookCell, limits: CellLimits, includeOutputs: boolean): ToldCell | undefined {
  const { files } = cell;
  if (cell.isHidden || cell.source.trim() === "") return undefined;
  if (cell.cellType !== "ai") {
    return { source: tellSource(cell, limits), outputs: includeOutputs ? tellCellOutputs(cell, limits) : "", files };
  }
  const half = Math.floor(limits.source / 2);
  const answer = shorten(answerOf(cell), half);
  if (answer === "") return undefined;
  return { source: tellQuestion(shorten(cell.source, half)), outputs: "", answer, files };
}

/** Tells files as one part of a turn, or as none. */
function tellFiles(files: readonly CellFile[]): string[] {
  return files.length === 0 ? [] : [formatFiles(files).trimEnd()];
}

/** Tells a question: a heading, and its text. */
export function tellQuestion(question: string): string {
  return `Question:\n${question.trim()}`;
}

function withoutOutputs(cell: ToldCell): ToldCell {
  return cell.outputs === "" ? cell : { ...cell, outputs: "[... output left out ...]" };
}

function sizeOf({ source, outputs, answer }: ToldCell, files: readonly string[]) {
  const turns: Message[] = [{ role: "user", content: [...files, source].join("\n\n") }];
  if (answer !== undefined) turns.push({ role: "assistant", content: answer });
  const code = conversationTokens(turns);
  return { code, shortCode: code, outputs: estimateTokens(outputs) };
}
