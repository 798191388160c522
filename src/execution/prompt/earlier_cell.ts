/**
 * Formats a cell that has run: a user message, the assistant message with the calls that made its outputs, a result for each call,
 * and an assistant message that ends the cell.
 *
 * @module
 */

import { type CellOutput, joinStreams } from "../cell_output.ts";
import type { AnsweredInput, HistoryEntry } from "../history_entry.ts";
import type { Message, ToolCall } from "../model.ts";
import { isModelFailure } from "../model_failure.ts";
import { withoutNotes } from "../notes.ts";
import { findErrorInStderr } from "../traceback/stderr_error.ts";
import { cachedShortening, cachedTokens } from "./analysis_cache.ts";
import { formatInputAnswer, type InputAnswer } from "../input_answer.ts";
import { conversationTokens } from "./conversation_tokens.ts";
import type { CellSize } from "./history_window.ts";
import { callId } from "./call_id.ts";
import { formatCellTurn } from "./cell_turn.ts";
import { inputCall, outputCall } from "./output_call.ts";
import { DONE, NO_OUTPUT, OUTPUT_OMITTED } from "./system_prompt.ts";
import { shorten } from "./shorten.ts";

/** The result of each tool call of an earlier cell. */
const TOOL_ANSWER = "ok";

/** The number of outputs of a cell that are sent, and the number of characters of each that are always allowed. */
const MAX_OUTPUTS = 40;
const MIN_OUTPUT_CHARACTERS = 300;

/** The number of characters of a cell's code that are always allowed. */
const MIN_CODE_CHARACTERS = 500;

/** The number of characters of a literal that are kept after large literals are shortened. */
const MAX_LITERAL_CHARACTERS = 300;

/** The length to which a cell is shortened, in characters. */
export interface CellLimits {
  /** For its code. */
  code: number;
  /** For all of its outputs together. */
  outputs: number;
}

/** An earlier cell in all forms in which it can be sent, with their sizes. */
export interface EarlierCell {
  /** The message with its code, without files. */
  code: Message;
  /** The message with its code, in which large literals are shortened. */
  shortCode: Message;
  /** The messages with its outputs and the inputs between them. */
  outputs: Message[];
  /** The messages that replace the outputs. They still contain the inputs, which are nowhere else. */
  omitted: Message[];
  /** The sizes of the messages, in tokens. */
  size: CellSize;
}

/** The message that replaces the outputs of a cell. */
export const OMITTED: Message = { role: "assistant", content: OUTPUT_OMITTED };

/**
 * Returns the limits for a cell, given the tokens of the whole history. The code takes at most about a quarter of them, the outputs
 * at most about an eighth.
 */
export function cellLimits(historyTokens: number): CellLimits {
  return { code: Math.max(MIN_CODE_CHARACTERS, historyTokens), outputs: Math.floor(historyTokens / 2) };
}

/** Formats a cell, with a hint after its prompt. The same cell always gives the same messages. */
export function formatEarlierCell(entry: HistoryEntry, hint: string, limits: CellLimits): EarlierCell {
  const { executionCount } = entry;
  const code = fitCode(entry.code, limits.code);
  const shortCode = fitCode(cachedShortening(entry.code, MAX_LITERAL_CHARACTERS), limits.code);
  const omitted = inputTurns(entry);
  const outputs = entry.lacksOutputs ? omitted : outputTurns(entry, limits.outputs);
  const turn = (code: string): Message => ({ role: "user", content: formatCellTurn({ executionCount, code, hint }) });
  const omittedTokens = conversationTokens(omitted);
  const around = conversationTokens([turn("")]) + omittedTokens;
  return {
    code: turn(code),
    shortCode: turn(shortCode),
    outputs,
    omitted,
    size: {
      ...(entry.files !== undefined && entry.files.length > 0 && { files: entry.files }),
      code: around + cachedTokens(code),
      shortCode: around + cachedTokens(shortCode),
      outputs: Math.max(0, conversationTokens(outputs) - omittedTokens),
    },
  };
}

/** Shortens code that is too long. Its literals are shortened first, so that small definitions are kept. */
function fitCode(code: string, limit: number): string {
  if (code.length <= limit) return code;
  return shorten(cachedShortening(code, Math.floor(limit / 2)), limit);
}

/** An event of a cell: an output, or an input with its answer. */
type CellEvent = CellOutput | (AnsweredInput & { type: "input" });

function outputTurns(entry: HistoryEntry, limit: number): Message[] {
  const events = fewEvents(eventsOf(entry));
  if (events.length === 0) return [{ role: "assistant", content: NO_OUTPUT }];
  const each = Math.max(MIN_OUTPUT_CHARACTERS, Math.floor(limit / events.length));
  return [...eventTurns(entry, events, (text) => shorten(text, each)), { role: "assistant", content: DONE }];
}

function inputTurns(entry: HistoryEntry): Message[] {
  const inputs = fewEvents((entry.inputs ?? []).map(asEvent));
  return [...eventTurns(entry, inputs, (text) => shorten(text, MIN_OUTPUT_CHARACTERS)), OMITTED];
}

/** Formats events as calls. Each input ends an assistant message, and the remaining events are in the last one. */
function eventTurns(
  { executionCount }: HistoryEntry,
  events: readonly CellEvent[],
  cut: (text: string) => string,
): Message[] {
  const turns: Message[] = [];
  let calls: ToolCall[] = [];
  let answers: Message[] = [];
  const endTurn = () => {
    if (calls.length > 0) turns.push({ role: "assistant", toolCalls: calls }, ...answers);
    calls = [];
    answers = [];
  };
  for (const [index, event] of events.entries()) {
    const id = callId(executionCount, index);
    const isInput = event.type === "input";
    calls.push(isInput ? inputCall(id, event) : outputCall(id, event, cut));
    answers.push({ role: "tool", toolCallId: id, content: isInput ? formatAnswer(event.answer, cut) : TOOL_ANSWER });
    if (isInput) endTurn();
  }
  endTurn();
  return turns;
}

function formatAnswer(answer: InputAnswer, cut: (text: string) => string): string {
  return formatInputAnswer("typed" in answer ? { typed: cut(answer.typed) } : answer);
}

/** Returns the events of a cell in the order in which they happened. */
function eventsOf({ outputs, inputs = [], hasFailed = false }: HistoryEntry): CellEvent[] {
  const starts = [0, ...inputs.map(({ position }) => position)];
  return starts.flatMap((start, index): CellEvent[] => {
    const shown = joinStreams(outputs.slice(start, starts[index + 1])).filter((output) => !isModelFailure(output));
    const made = withoutNotes(shown);
    const isLast = index === starts.length - 1;
    return [...inputs.slice(index - 1, index).map(asEvent), ...(hasFailed && isLast ? withError(made) : made)];
  });
}

/** Replaces the text of an exception on stderr by an error output. */
function withError(outputs: CellOutput[]): CellOutput[] {
  const last = outputs.at(-1);
  if (last?.type !== "stream" || last.name !== "stderr") return outputs;
  const found = findErrorInStderr(last.text);
  if (found === undefined) return outputs;
  const { before, ...error } = found;
  return [...outputs.slice(0, -1), ...(before === "" ? [] : [{ ...last, text: before }]), { type: "error", ...error }];
}

function asEvent(input: AnsweredInput): CellEvent {
  return { type: "input", ...input };
}

function fewEvents(events: CellEvent[]): CellEvent[] {
  if (events.length <= MAX_OUTPUTS) return events;
  const half = (MAX_OUTPUTS - 1) / 2;
  const left = events.length - (MAX_OUTPUTS - 1);
  const marker: CellOutput = { type: "stream", name: "stdout", text: `[... ${left} outputs left out ...]\n` };
  return [...events.slice(0, Math.ceil(half)), marker, ...events.slice(-Math.floor(half))];
}
