/**
 * Reads an assistant's message: the part that a chunk adds, or the whole.
 *
 * @module
 */

import { type CallPiece, readCallPiece, readFunctionCall } from "./call_piece.ts";

export interface MessagePart {
  /** Plain text; empty if there is none. */
  text: string;
  pieces: CallPiece[];
}

/**
 * Reads a `delta` or a `message`. Ignores its reasoning, whose field has different names.
 *
 * @returns `undefined` if it has neither text nor calls
 */
export function readMessagePart(value: unknown): MessagePart | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { content, refusal, tool_calls, function_call } = value as { [key: string]: unknown };
  const text = contentText(content) || contentText(refusal);
  const calls = Array.isArray(tool_calls) ? tool_calls : [tool_calls];
  const pieces = calls.map(readCallPiece).filter((piece) => piece !== undefined);
  const old = pieces.length === 0 ? readFunctionCall(function_call) : undefined;
  if (old !== undefined) pieces.push(old);
  return text === "" && pieces.length === 0 ? undefined : { text, pieces };
}

/** Returns the text of a content: a string, a part, or a list of them. Parts with reasoning have another type. */
function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map(contentText).join("");
  if (typeof content !== "object" || content === null) return "";
  const { type = "text", text } = content as { type?: unknown; text?: unknown };
  return (type === "text" || type === "output_text") && typeof text === "string" ? text : "";
}
