/**
 * Guesses how many tokens a conversation is.
 *
 * @module
 */

import type { Message, ToolDefinition } from "../model.ts";
import { estimateTokens } from "./token_estimate.ts";

/** Tokens of a turn besides its text: its marks and its role. OpenAI counts 3 or 4, other templates up to 6. */
const TURN_TOKENS = 4;

/** Tokens of a tool call or of its answer besides the texts: the names of fields, and the id. */
const CALL_TOKENS = 8;

/** About how many tokens these turns are. */
export function conversationTokens(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + turnTokens(message), 0);
}

/** About how many tokens the descriptions of tools are. */
export function toolTokens(tools: readonly ToolDefinition[]): number {
  return estimateTokens(JSON.stringify(tools));
}

function turnTokens(message: Message): number {
  const text = TURN_TOKENS + estimateTokens(message.content ?? "");
  if (message.role === "tool") return text + CALL_TOKENS;
  if (message.role !== "assistant") return text;
  const calls = message.toolCalls ?? [];
  return calls.reduce((sum, call) => sum + CALL_TOKENS + estimateTokens(call.arguments), text);
}
