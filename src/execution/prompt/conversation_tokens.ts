/**
 * Estimates the number of tokens in a conversation.
 *
 * @module
 */

import type { Message, ToolDefinition } from "../model.ts";
import { estimateTokens } from "./token_estimate.ts";

/** Tokens of a message besides its text: its delimiters and role. OpenAI counts 3 or 4, other chat templates up to 6. */
const TURN_TOKENS = 4;

/** Tokens of a tool call or of its result besides the texts: field names and the id. */
const CALL_TOKENS = 8;

export function conversationTokens(messages: readonly Message[]): number {
  return messages.reduce((sum, message) => sum + turnTokens(message), 0);
}

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
