/**
 * Reads the cells of a conversation and their answers, from any interface.
 *
 * @module
 */

import { type InputAnswer, parseInputAnswer } from "../../src/execution/input_answer.ts";
import { type CellTurn, parseCellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { FILE_BLOCKS } from "../../src/execution/prompt/file_block.ts";
import { parsePastSummary, type PastSummary } from "../../src/execution/prompt/past_summary.ts";
import { type ConversationFile, readConversationFiles } from "./conversation_files.ts";

export interface Turn {
  role: "system" | "user" | "assistant" | "tool";
  /** Empty if the turn has no text. */
  text: string;
  /** The names of the tools that the turn calls. */
  calls: string[];
}

/** The answer to a cell, as the turns after the cell contain it. */
export interface ConversationAnswer {
  /** The tools that were called, in order: as tool calls and as text. */
  calls: string[];
  /** The number of tool calls that no turn answers. */
  unanswered: number;
  /** The assistant's text, including calls as text. */
  text: string;
  /** The answers to the cell's requests for input, in order. */
  inputs: InputAnswer[];
  /** Whether nothing follows the last answer, so that the cell continues there. */
  goesOn: boolean;
}

export interface ConversationCell extends CellTurn {
  /** The files that the cell's turn describes. Default: none. */
  files?: ConversationFile[];
  /** The answer to the cell; absent if no assistant's turn follows. */
  answer?: ConversationAnswer;
}

/** A summary of cells that are left out. */
export interface ConversationSummary extends PastSummary {
  /** The files that the summary's turn describes. Default: none. */
  files?: ConversationFile[];
}

/** The first line of a cell after an empty line, where turns have been joined. */
const JOINED_CELL = new RegExp(String.raw`(?<=\n\n)${FILE_BLOCKS}In \[(\d+)\]:[^\n]*\n`, "g");

/** The beginning of a summary: after the system prompt, if the two have been joined. */
const SUMMARY = new RegExp(String.raw`(?<=^|\n\n)${FILE_BLOCKS}Earlier: `, "g");

/** A tool call in text: `<tool_call>{"name": "stdout", "arguments": {...}}</tool_call>`. */
const TEXT_CALL = /<tool_call>\s*\{\s*"name"\s*:\s*"(\w+)"/g;

/**
 * Reads the cells of a conversation, oldest first. A user's turn may contain several cells, and the system prompt
 * before the first one. A user's turn without cells is an answer to the model, like the turns of tools. Some of these
 * answers contain typed lines.
 */
export function readConversation(turns: readonly Turn[]): ConversationCell[] {
  const cells: ConversationCell[] = [];
  for (const turn of turns) {
    const cell = cells.at(-1);
    if (turn.role === "assistant" && cell !== undefined) addTurn(cell, turn);
    if (turn.role === "tool" && cell?.answer !== undefined) cell.answer.unanswered--;
    if (turn.role === "user" || turn.role === "tool") addInput(cell?.answer, turn);
    if (turn.role === "user") cells.push(...cellsIn(turn.text));
  }
  return cells;
}

function addTurn(cell: ConversationCell, { text, calls }: Turn): void {
  const answer = cell.answer ??= { calls: [], unanswered: 0, text: "", inputs: [], goesOn: false };
  answer.goesOn = false;
  answer.calls.push(...Array.from(text.matchAll(TEXT_CALL), ([, name]) => name), ...calls);
  answer.unanswered += calls.length;
  answer.text += text;
}

/**
 * Reads the answer to a call for input. If calls are text, the answer is in a user's turn, which may have been joined
 * with the next cell.
 */
function addInput(answer: ConversationAnswer | undefined, { text }: Turn): void {
  const input = parseInputAnswer(partsOf(text)[0]);
  if (input === undefined || answer === undefined) return;
  answer.inputs.push(input);
  answer.goesOn = true;
}

/**
 * Reads the summaries of cells that are left out of a conversation, from user's turns: a general one before the first
 * cell, and the definitions that the last cell uses before that cell.
 */
export function readSummaries(turns: readonly Turn[]): ConversationSummary[] {
  return turns.filter(({ role }) => role === "user").flatMap(({ text }) => {
    const [part] = partsOf(text);
    if (parseCellTurn(part) !== undefined) return [];
    const starts = [...part.matchAll(SUMMARY)].map(({ index }) => withFiles(part.slice(index), parsePastSummary));
    return starts.find((summary) => summary !== undefined) ?? [];
  });
}

function cellsIn(text: string): ConversationCell[] {
  return partsOf(text).flatMap((part) => withFiles(part, parseCellTurn) ?? []);
}

function withFiles<Read>(
  text: string,
  parse: (text: string) => Read | undefined,
): Read & { files?: ConversationFile[] } | undefined {
  const read = parse(text);
  const files = read === undefined ? [] : readConversationFiles(text);
  return read && (files.length === 0 ? read : { ...read, files });
}

/**
 * Splits a user's turn into its cells and the text before the first of them. Code may contain prompts too: a joined
 * cell has a higher count than the one before it.
 */
function partsOf(text: string): string[] {
  const starts = [0];
  let count = parseCellTurn(text)?.executionCount ?? 0;
  for (const { index, 1: digits } of text.matchAll(JOINED_CELL)) {
    if (Number(digits) <= count) continue;
    count = Number(digits);
    starts.push(index);
  }
  return starts.map((start, number) => {
    const next = starts[number + 1];
    return next === undefined ? text.slice(start) : text.slice(start, next).trimEnd();
  });
}
