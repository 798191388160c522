/**
 * Writes tool calls as text, for servers without tools.
 *
 * @module
 */

import type { ToolCall } from "../model.ts";
import type { JsonValue } from "../../media/json_value.ts";

/**
 * Writes the calls of an earlier message, one per line. The same calls always give the same text, which a `TextCallReader` can
 * read.
 *
 * @example
 * ```ts
 * writeTextCalls([{ name: "stdout", arguments: '{"text":"a\\n"}' }]);
 * // '<tool_call>{"name": "stdout", "arguments": {"text": "a\\n"}}</tool_call>'
 * ```
 */
export function writeTextCalls(calls: readonly Pick<ToolCall, "name" | "arguments">[]): string {
  return calls.map((call) => {
    const json = writeJson({ name: call.name, arguments: parse(call.arguments) });
    return `<tool_call>${json}</tool_call>`;
  }).join("\n");
}

/** Encodes JSON on one line with a space after each comma and colon, the form that models have seen most often. */
function writeJson(value: JsonValue): string {
  const lines = JSON.stringify(value, null, 1);
  // Line breaks in strings are escaped, so all others belong to the layout.
  return lines.replaceAll(/,\n */g, ", ").replaceAll(/\n */g, "");
}

/** Parses the arguments. Returns them as a string if they are not JSON. */
function parse(json: string): JsonValue {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
