/**
 * Turns a notebook's earlier cells and the cell at hand into the conversation that a model is sent.
 *
 * @module
 */

import { formatCellTurn } from "./cell_turn.ts";
import { type CellOutput, joinStreams } from "./cell_output.ts";
import type { JsonValue, MimeBundle, MimeMetadata } from "./execution_context.ts";
import type { Message, ToolCall } from "./model.ts";
import { NO_OUTPUT, OUTPUT_OMITTED, SYSTEM_PROMPT } from "./prompt.ts";

/** A cell that has run. */
export interface HistoryEntry {
  /** The cell's execution count. */
  executionCount: number;
  /** The code that ran, verbatim. */
  code: string;
  /** What it showed, in order. */
  outputs: readonly CellOutput[];
}

/** What a conversation is made from. */
export interface ConversationOptions {
  /** The cells that have run, oldest first. */
  history: readonly HistoryEntry[];
  /** The code of the cell that is to run. */
  code: string;
  /** Its execution count. */
  executionCount: number;
  /** How many earlier cells are sent: the last ones. All, unless given. */
  maxHistoryLength?: number;
  /** Whether the earlier cells' outputs are sent. They are, unless `false`. */
  includeOutputs?: boolean;
}

/** The `ename` of outputs that tell of a failed model rather than of Python. They are not sent to a model: it would learn to fail. */
export const MODEL_ERROR_NAME = "ModelError";

/** What answers each tool call of an earlier cell. */
const TOOL_ANSWER = "ok";

/** MIME types whose content is an encoded binary, which costs a model thousands of tokens and tells it nothing. */
const BINARY_MIME_TYPE = /^(?:image\/(?!svg\+xml)|audio\/|video\/|font\/|application\/(?:pdf|octet-stream|zip)$)/;

/** The escape sequences of ECMA-48 that colour a traceback. */
// deno-lint-ignore no-control-regex -- the escape character is what is looked for
const ANSI_SEQUENCE = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

/**
 * Builds the conversation for one cell.
 *
 * Every earlier cell is a user turn, the assistant turn that made its outputs, and an answer to each of the calls. The same
 * history always gives the same turns, and a longer one only adds to them, which keeps the provider's prompt cache valid.
 */
export function buildConversation(options: ConversationOptions): Message[] {
  const { history, code, executionCount, maxHistoryLength = Infinity, includeOutputs = true } = options;
  const kept = maxHistoryLength > 0 ? history.slice(-maxHistoryLength) : [];
  return [
    { role: "system", content: SYSTEM_PROMPT },
    ...kept.flatMap((entry) => earlierCell(entry, includeOutputs)),
    { role: "user", content: formatCellTurn({ executionCount, code }) },
  ];
}

function earlierCell(entry: HistoryEntry, includeOutputs: boolean): Message[] {
  const cell: Message = { role: "user", content: formatCellTurn(entry) };
  if (!includeOutputs) return [cell, { role: "assistant", content: OUTPUT_OMITTED }];
  const toolCalls = joinStreams(entry.outputs)
    .filter((output) => output.type !== "error" || output.ename !== MODEL_ERROR_NAME)
    .map((output, index) => toToolCall(`call_${entry.executionCount}_${index}`, output));
  if (toolCalls.length === 0) return [cell, { role: "assistant", content: NO_OUTPUT }];
  const answers = toolCalls.map(({ id }): Message => ({ role: "tool", toolCallId: id, content: TOOL_ANSWER }));
  return [cell, { role: "assistant", toolCalls }, ...answers];
}

function toToolCall(id: string, output: CellOutput): ToolCall {
  switch (output.type) {
    case "stream":
      return toolCall(id, output.name, { text: output.text });
    case "execute_result":
      return toolCall(id, "execute_result", bundleArguments(output.data, output.metadata));
    case "display_data":
      return toolCall(id, "display", bundleArguments(output.data, output.metadata));
    case "error": {
      const traceback = output.traceback.map((line) => line.replaceAll(ANSI_SEQUENCE, ""));
      return toolCall(id, "error", { ename: output.ename, evalue: output.evalue, traceback });
    }
  }
}

function toolCall(id: string, name: string, args: { [key: string]: JsonValue }): ToolCall {
  return { id, name, arguments: JSON.stringify(args) };
}

function bundleArguments(data: MimeBundle, metadata: MimeMetadata = {}): { [key: string]: JsonValue } {
  const text = withoutBinaries(data);
  const notes = withoutBinaries(metadata);
  if (Object.keys(text).length === 0) text["text/plain"] = `<${Object.keys(data).join(", ")}>`;
  return Object.keys(notes).length === 0 ? { data: text } : { data: text, metadata: notes };
}

function withoutBinaries(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(Object.entries(bundle).filter(([mimeType]) => !BINARY_MIME_TYPE.test(mimeType)));
}
