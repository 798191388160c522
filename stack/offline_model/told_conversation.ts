/**
 * Reads a conversation, whichever interface it came by: its cells, and what stands after each as its answer.
 *
 * @module
 */

import { type InputAnswer, parseInputAnswer } from "../../src/execution/input_answer.ts";
import { type CellTurn, parseCellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { FILE_BLOCKS } from "../../src/execution/prompt/file_block.ts";
import { parsePastSummary, type PastSummary } from "../../src/execution/prompt/past_summary.ts";
import { readToldFiles, type ToldFile } from "./told_files.ts";

/** A turn of the conversation. */
export interface Turn {
  role: "system" | "user" | "assistant" | "tool";
  /** Its text; empty if it has none. */
  text: string;
  /** The names of the tools that it calls. */
  calls: string[];
}

/** What the turns after a cell tell of its answer. */
export interface ToldAnswer {
  /** The tools called, in order: as tool calls and as text. */
  calls: string[];
  /** How many tool calls still lack the turn that answers them. */
  unanswered: number;
  /** What the assistant said, calls in text included. */
  text: string;
  /** What its requests for input were answered with, in order. */
  inputs: InputAnswer[];
  /** Whether nothing is told behind the last of them: the cell goes on there. */
  goesOn: boolean;
}

/** A cell of the conversation. */
export interface ToldCell extends CellTurn {
  /** The files that it tells. Default: none. */
  files?: ToldFile[];
  /** Its answer; absent where no assistant's turn comes after it. */
  answer?: ToldAnswer;
}

/** What is said of cells that are left out. */
export interface ToldSummary extends PastSummary {
  /** The files that it tells. Default: none. */
  files?: ToldFile[];
}

/** The lines that a cell begins with, after an empty line: where turns have been joined. */
const JOINED_CELL = new RegExp(String.raw`(?<=\n\n)${FILE_BLOCKS}In \[(\d+)\]:[^\n]*\n`, "g");

/** Where a summary can begin: behind the system prompt, if the two have been joined. */
const SUMMARY = new RegExp(String.raw`(?<=^|\n\n)${FILE_BLOCKS}Earlier: `, "g");

/** A tool call in text: `<tool_call>{"name": "stdout", "arguments": {...}}</tool_call>`. */
const TEXT_CALL = /<tool_call>\s*\{\s*"name"\s*:\s*"(\w+)"/g;

/**
 * Reads the cells of a conversation, oldest first. A user's turn may hold several, or the system prompt before the first one.
 * One that holds none is an answer to the model, as are the turns of tools; some say what was typed.
 */
export function readConversation(turns: readonly Turn[]): ToldCell[] {
  const cells: ToldCell[] = [];
  for (const turn of turns) {
    const cell = cells.at(-1);
    if (turn.role === "assistant" && cell !== undefined) tell(cell, turn);
    if (turn.role === "tool" && cell?.answer !== undefined) cell.answer.unanswered--;
    if (turn.role === "user" || turn.role === "tool") tellInput(cell?.answer, turn);
    if (turn.role === "user") cells.push(...cellsIn(turn.text));
  }
  return cells;
}

function tell(cell: ToldCell, { text, calls }: Turn): void {
  const answer = cell.answer ??= { calls: [], unanswered: 0, text: "", inputs: [], goesOn: false };
  answer.goesOn = false;
  answer.calls.push(...Array.from(text.matchAll(TEXT_CALL), ([, name]) => name), ...calls);
  answer.unanswered += calls.length;
  answer.text += text;
}

/** Where calls are text, the answer to one is a turn of the user's, which may have been joined with the next cell. */
function tellInput(answer: ToldAnswer | undefined, { text }: Turn): void {
  const input = parseInputAnswer(partsOf(text)[0]);
  if (input === undefined || answer === undefined) return;
  answer.inputs.push(input);
  answer.goesOn = true;
}

/**
 * Reads what is said of the cells that are left out of a conversation, in user's turns: a summary before its first cell, and what its
 * last cell uses before that one.
 */
export function readSummaries(turns: readonly Turn[]): ToldSummary[] {
  return turns.filter(({ role }) => role === "user").flatMap(({ text }) => {
    const [part] = partsOf(text);
    if (parseCellTurn(part) !== undefined) return [];
    const starts = [...part.matchAll(SUMMARY)].map(({ index }) => withFiles(part.slice(index), parsePastSummary));
    return starts.find((summary) => summary !== undefined) ?? [];
  });
}

function cellsIn(text: string): ToldCell[] {
  return partsOf(text).flatMap((part) => withFiles(part, parseCellTurn) ?? []);
}

function withFiles<Read>(
  text: string,
  parse: (text: string) => Read | undefined,
): Read & { files?: ToldFile[] } | undefined {
  const read = parse(text);
  const files = read === undefined ? [] : readToldFiles(text);
  return read && (files.length === 0 ? read : { ...read, files });
}

/**
 * What a user's turn was joined from: its cells, and what comes before the first of them. Code may hold prompts, too: a cell that was
 * joined has a higher count than the one before it.
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
