/**
 * Tells a model about a cell that has run: as a user turn, the assistant turn that made its outputs, an answer to each call, and an
 * assistant turn that ends the cell.
 *
 * @module
 */

import { type CellOutput, joinStreams } from "../cell_output.ts";
import type { HistoryEntry } from "../history_entry.ts";
import type { Message } from "../model.ts";
import { isModelFailure } from "../model_failure.ts";
import { withoutNotes } from "../notes.ts";
import { findErrorInStderr } from "../traceback/stderr_error.ts";
import { cachedShortening, cachedTokens } from "./analysis_cache.ts";
import { conversationTokens } from "./conversation_tokens.ts";
import type { CellSize } from "./history_window.ts";
import { callId } from "./call_id.ts";
import { formatCellTurn } from "./cell_turn.ts";
import { outputCall } from "./output_call.ts";
import { DONE, NO_OUTPUT, OUTPUT_OMITTED } from "./system_prompt.ts";
import { shorten } from "./shorten.ts";

/** What answers each tool call of an earlier cell. */
const TOOL_ANSWER = "ok";

/** The most outputs of a cell that are sent, and the fewest characters of each. */
const MAX_OUTPUTS = 40;
const MIN_OUTPUT_CHARACTERS = 300;

/** The fewest characters of a cell's code that may be sent, so that little is left of it in any case. */
const MIN_CODE_CHARACTERS = 500;

/** The most characters of a literal that stay once large literals are shortened. */
const MAX_LITERAL_CHARACTERS = 300;

/** How much of a cell is told, in characters. */
export interface CellLimits {
  /** Of its code. */
  code: number;
  /** Of its outputs together. */
  outputs: number;
}

/** An earlier cell in all the ways in which it can be told, and how long it is in each. */
export interface EarlierCell {
  /** Its turn. */
  code: Message;
  /** Its turn with large literals shortened. */
  shortCode: Message;
  /** The turns that tell its outputs. */
  outputs: Message[];
  /** The tokens of its turns. */
  size: CellSize;
}

/** The turn that stands for the outputs of a cell. */
export const OMITTED: Message = { role: "assistant", content: OUTPUT_OMITTED };
const OMITTED_TOKENS = conversationTokens([OMITTED]);

/**
 * The limits where the past may take so many tokens: code of at most about a quarter of them, outputs of at most about an eighth.
 */
export function cellLimits(historyTokens: number): CellLimits {
  return { code: Math.max(MIN_CODE_CHARACTERS, historyTokens), outputs: Math.floor(historyTokens / 2) };
}

/**
 * Tells a cell. The same cell always gives the same turns.
 *
 * @param entry the cell
 * @param hint what its turn's first line says besides the prompt
 * @param limits how much of it is told
 */
export function tellCell(entry: HistoryEntry, hint: string, limits: CellLimits): EarlierCell {
  const { executionCount } = entry;
  const code = fitCode(entry.code, limits.code);
  const shortCode = fitCode(cachedShortening(entry.code, MAX_LITERAL_CHARACTERS), limits.code);
  const outputs = entry.lacksOutputs ? [OMITTED] : tellOutputs(entry, limits.outputs);
  const turn = (code: string): Message => ({ role: "user", content: formatCellTurn({ executionCount, code, hint }) });
  const around = conversationTokens([turn("")]) + OMITTED_TOKENS;
  return {
    code: turn(code),
    shortCode: turn(shortCode),
    outputs,
    size: {
      code: around + cachedTokens(code),
      shortCode: around + cachedTokens(shortCode),
      outputs: Math.max(0, conversationTokens(outputs) - OMITTED_TOKENS),
    },
  };
}

/** Shortens what is too long: its literals first, so that small definitions beside them stay. */
function fitCode(code: string, limit: number): string {
  if (code.length <= limit) return code;
  return shorten(cachedShortening(code, Math.floor(limit / 2)), limit);
}

function tellOutputs({ executionCount, outputs: shown, hasFailed = false }: HistoryEntry, limit: number): Message[] {
  const made = withoutNotes(joinStreams(shown).filter((output) => !isModelFailure(output)));
  const outputs = fewOutputs(hasFailed ? withError(made) : made);
  if (outputs.length === 0) return [{ role: "assistant", content: NO_OUTPUT }];
  const each = Math.max(MIN_OUTPUT_CHARACTERS, Math.floor(limit / outputs.length));
  const toolCalls = outputs.map((output, index) =>
    outputCall(callId(executionCount, index), output, (text) => shorten(text, each))
  );
  const answers = toolCalls.map(({ id }): Message => ({ role: "tool", toolCallId: id, content: TOOL_ANSWER }));
  return [{ role: "assistant", toolCalls }, ...answers, { role: "assistant", content: DONE }];
}

/** Tells the exception that has ended a cell as one where IPython has written it to stderr. */
function withError(outputs: CellOutput[]): CellOutput[] {
  const last = outputs.at(-1);
  if (last?.type !== "stream" || last.name !== "stderr") return outputs;
  const found = findErrorInStderr(last.text);
  if (found === undefined) return outputs;
  const { before, ...error } = found;
  return [...outputs.slice(0, -1), ...(before === "" ? [] : [{ ...last, text: before }]), { type: "error", ...error }];
}

function fewOutputs(outputs: CellOutput[]): CellOutput[] {
  if (outputs.length <= MAX_OUTPUTS) return outputs;
  const half = (MAX_OUTPUTS - 1) / 2;
  const left = outputs.length - (MAX_OUTPUTS - 1);
  const marker: CellOutput = { type: "stream", name: "stdout", text: `[... ${left} outputs left out ...]\n` };
  return [...outputs.slice(0, Math.ceil(half)), marker, ...outputs.slice(-Math.floor(half))];
}
