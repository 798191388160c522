/** Stub until the reader of text calls is merged. @module */
import type { ToolCall, ToolDefinition } from "../model.ts";
export function describeTools(tools: readonly ToolDefinition[]): string {
  return tools.map(({ name }) => name).join(" ");
}
export function writeTextCalls(calls: readonly ToolCall[]): string {
  return calls.map(({ name, arguments: args }) => `<tool_call>{"name": "${name}", "arguments": ${args}}</tool_call>`)
    .join("\n");
}
