/**
 * Writes the tool calls of a conversation as plain text, for models and servers without tools.
 *
 * @module
 */

import type { Message, ToolDefinition } from "../execution/model.ts";
import { describeTools } from "../execution/reply/describe_tools.ts";
import { writeTextCalls } from "../execution/reply/text_call_writer.ts";

/** The answer to a call that was carried out and has no result. */
const PLAIN_ANSWER = "ok";

/**
 * Writes calls as text in assistant turns, and describes the tools at the end of the system prompt.
 *
 * A tool's answer other than "ok" becomes a user turn. An assistant turn that only marks the end of a cell is left out if the turn with
 * the calls already ends the cell.
 *
 * @param tools the tools that it calls; if there are none, no description is added
 */
export function textTurns(turns: readonly Message[], tools: readonly ToolDefinition[]): Message[] {
  return turns.flatMap((turn, index): Message[] => {
    switch (turn.role) {
      case "system":
        return tools.length === 0
          ? [turn]
          : [{ role: "system", content: `${turn.content}\n\n${describeTools(tools)}` }];
      case "user":
        return [turn];
      case "tool":
        return isPlainAnswer(turn) ? [] : [{ role: "user", content: turn.content }];
      case "assistant": {
        const { content, toolCalls } = turn;
        if (toolCalls === undefined) return isPlainAnswer(turns[index - 1]) ? [] : [turn];
        const calls = writeTextCalls(toolCalls);
        return [{ role: "assistant", content: content === undefined ? calls : `${content}\n${calls}` }];
      }
    }
  });
}

function isPlainAnswer(turn?: Message): boolean {
  return turn?.role === "tool" && turn.content === PLAIN_ANSWER;
}
