/**
 * Writes tool calls as text, for servers without tools.
 *
 * @module
 */

import type { ToolCall } from "../model.ts";
import type { JsonValue } from "../../media/json_value.ts";

/**
 * Writes calls as an earlier turn has them, one a line. The same calls give the same text, and a `TextCallReader` reads them back.
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

/** JSON in a line with a blank behind each comma and colon, as models have seen most of it. */
function writeJson(value: JsonValue): string {
  const lines = JSON.stringify(value, null, 1);
  // Line breaks in strings are escaped: those that there are belong to the layout.
  return lines.replaceAll(/,\n */g, ", ").replaceAll(/\n */g, "");
}

/** The arguments; what is not JSON is sent as the text that it is. */
function parse(json: string): JsonValue {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
