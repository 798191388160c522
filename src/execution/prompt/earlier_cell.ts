/**
 * Tells a model about a cell that has run: as a user turn, the assistant turn that made its outputs, an answer to each call, and an
 * assistant turn that ends the cell.
 *
 * @module
 */

import { type CellOutput, joinStreams } from "../cell_output.ts";
import { callId } from "./call_id.ts";
import { formatCellTurn } from "./cell_turn.ts";
import type { JsonValue } from "../../media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../../media/mime_bundle.ts";
import type { HistoryEntry } from "../history_entry.ts";
import type { Message, ToolCall } from "../model.ts";
import { isModelFailure } from "../model_failure.ts";
import { DONE, NO_OUTPUT, OUTPUT_OMITTED } from "./system_prompt.ts";
import { shorten } from "./shorten.ts";
import { plainTraceback } from "../traceback/traceback.ts";

/** What answers each tool call of an earlier cell. */
const TOOL_ANSWER = "ok";

/** The most characters of a cell's outputs that are sent: an eighth of what the whole past may take. */
const MAX_OUTPUT_CHARACTERS = 12_000;

/** The most outputs of a cell that are sent, and the fewest characters of each. */
const MAX_OUTPUTS = 40;
const MIN_OUTPUT_CHARACTERS = 300;

/** The most characters of an earlier cell's code that are sent: a quarter of what the whole past may take. */
const MAX_CODE_CHARACTERS = 24_000;

/** MIME types whose content is an encoded binary, which costs a model thousands of tokens and tells it nothing. */
const BINARY_MIME_TYPE = /^(?:image\/(?!svg\+xml)|audio\/|video\/|font\/|application\/(?:pdf|octet-stream|zip)$)/;

/**
 * Tells a cell with its outputs. The same cell always gives the same turns.
 *
 * @param entry the cell
 * @param hint what its turn's first line says besides the prompt
 */
export function wholeCell(entry: HistoryEntry, hint: string): Message[] {
  const outputs = fewOutputs(joinStreams(entry.outputs).filter((output) => !isModelFailure(output)));
  if (outputs.length === 0) return [cellTurn(entry, hint), { role: "assistant", content: NO_OUTPUT }];
  const limit = Math.max(MIN_OUTPUT_CHARACTERS, Math.floor(MAX_OUTPUT_CHARACTERS / outputs.length));
  const toolCalls = outputs.map((output, index) =>
    toToolCall(callId(entry.executionCount, index), output, (text) => shorten(text, limit))
  );
  const answers = toolCalls.map(({ id }): Message => ({ role: "tool", toolCallId: id, content: TOOL_ANSWER }));
  return [cellTurn(entry, hint), { role: "assistant", toolCalls }, ...answers, { role: "assistant", content: DONE }];
}

/** Tells a cell without its outputs. */
export function codeOfCell(entry: HistoryEntry, hint: string): Message[] {
  return [cellTurn(entry, hint), { role: "assistant", content: OUTPUT_OMITTED }];
}

function cellTurn({ executionCount, code }: HistoryEntry, hint: string): Message {
  return { role: "user", content: formatCellTurn({ executionCount, code: shorten(code, MAX_CODE_CHARACTERS), hint }) };
}

function fewOutputs(outputs: CellOutput[]): CellOutput[] {
  if (outputs.length <= MAX_OUTPUTS) return outputs;
  const half = (MAX_OUTPUTS - 1) / 2;
  const left = outputs.length - (MAX_OUTPUTS - 1);
  const marker: CellOutput = { type: "stream", name: "stdout", text: `[... ${left} outputs left out ...]\n` };
  return [...outputs.slice(0, Math.ceil(half)), marker, ...outputs.slice(-Math.floor(half))];
}

function toToolCall(id: string, output: CellOutput, cut: (text: string) => string): ToolCall {
  switch (output.type) {
    case "stream":
      return toolCall(id, output.name, { text: cut(output.text) });
    case "execute_result":
      return toolCall(id, "execute_result", bundleArguments(output.data, output.metadata, cut));
    case "display_data":
      return toolCall(id, "display", bundleArguments(output.data, output.metadata, cut));
    case "error": {
      const traceback = cut(plainTraceback(output.traceback).join("\n")).split("\n");
      return toolCall(id, "error", { ename: output.ename, evalue: cut(output.evalue), traceback });
    }
  }
}

function toolCall(id: string, name: string, args: { [key: string]: JsonValue }): ToolCall {
  return { id, name, arguments: JSON.stringify(args) };
}

function bundleArguments(
  data: MimeBundle,
  metadata: MimeMetadata = {},
  cut: (text: string) => string,
): { [key: string]: JsonValue } {
  const bundle: MimeBundle = {};
  for (const [mimeType, content] of Object.entries(withoutBinaries(data))) {
    const json = JSON.stringify(content);
    // JSON that has to be cut goes out as text, because a truncated JSON text is not JSON.
    bundle[mimeType] = typeof content === "string" ? cut(content) : cut(json) === json ? content : cut(json);
  }
  const notes = withoutBinaries(metadata);
  if (Object.keys(bundle).length === 0) bundle["text/plain"] = `<${Object.keys(data).join(", ")}>`;
  return Object.keys(notes).length === 0 ? { data: bundle } : { data: bundle, metadata: notes };
}

function withoutBinaries(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(Object.entries(bundle).filter(([mimeType]) => !BINARY_MIME_TYPE.test(mimeType)));
}
