/**
 * Describes the tools in the system prompt, for servers without tool support.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";
import type { ToolDefinition } from "../model.ts";
import { writeTextCalls } from "./text_call_writer.ts";

const EXAMPLE = writeTextCalls([
  { name: "stdout", arguments: JSON.stringify({ text: "a\nb\n" }) },
  { name: "execute_result", arguments: JSON.stringify({ data: { "text/plain": "5" } }) },
]);

/**
 * Returns the text that explains the syntax of calls and describes the tools. It belongs at the end of the system prompt.
 *
 * @param tools the tools, in the order in which they are described
 */
export function describeTools(tools: readonly ToolDefinition[]): string {
  return `\
How to write a call
- Write each call as one line of text between <tool_call> and </tool_call>: a JSON object with name and arguments. Write \
calls in no other form: no code block, no list.
- A cell that prints a and b and has the value 5 is answered with these two lines:
${EXAMPLE}
- The tools, with their arguments (those with a question mark may be left out):
${tools.map(describe).join("\n")}`;
}

function describe({ name, description, parameters }: ToolDefinition): string {
  const required = Array.isArray(parameters.required) ? parameters.required : [];
  const properties = Object.entries(objectOf(parameters.properties));
  const signature = properties.map(([key, schema]) => `${key}${required.includes(key) ? "" : "?"}: ${typeOf(schema)}`);
  const notes = properties.flatMap(([key, schema]) => {
    const note = objectOf(schema).description;
    return typeof note === "string" ? [` ${key}: ${note}`] : [];
  });
  return `${name}(${signature.join(", ")}) ${description}${notes.join("")}`;
}

function typeOf(schema: JsonValue): string {
  const { type, items } = objectOf(schema);
  return type === "array" ? `${typeOf(items ?? null)}[]` : String(type ?? "any");
}

function objectOf(value: JsonValue | undefined): { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
