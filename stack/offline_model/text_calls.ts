/**
 * Writes tool calls as text, for requests without tools: `<tool_call>{"name": "stdout", "arguments": {...}}</tool_call>`, a line each.
 *
 * @module
 */

import type { ToolCallDelta, WrittenToolCall } from "./tool_call_writer.ts";

const END = "}</tool_call>";

/** Turns the deltas of tool calls into pieces of text while they arrive. */
export class TextCallWriter {
  #isOpen = false;

  write(deltas: readonly ToolCallDelta[]): string {
    return deltas.map(({ id, function: { name = "", arguments: piece } }) => {
      if (id === undefined) return piece;
      const before = this.#isOpen ? `${END}\n` : "";
      this.#isOpen = true;
      return before + begin(name) + piece;
    }).join("");
  }

  /** Ends the open call, if any. */
  end(): string {
    if (!this.#isOpen) return "";
    this.#isOpen = false;
    return END;
  }
}

export function textCalls(calls: readonly WrittenToolCall[]): string {
  return calls.map(({ function: { name, arguments: args } }) => begin(name) + args + END).join("\n");
}

function begin(name: string): string {
  return `<tool_call>{"name": ${JSON.stringify(name)}, "arguments": `;
}
