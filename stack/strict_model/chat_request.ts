/**
 * Reads the parts of a chat completion request that the rules check. Its fields may have any type.
 *
 * @module
 */

import { type Fields, isFields } from "./fields.ts";

export interface ChatMessage extends Fields {
  role: string;
}

/** A tool call of an assistant's message. */
export interface ChatToolCall {
  id: string;
  name: string;
}

/** A server's error response to a request. */
export interface Refusal {
  status: number;
  body: Fields;
}

/** Checks a request for one kind of mistake that a server refuses. */
export type Rule = (body: Fields) => Refusal | undefined;

/** Returns the first refusal of these rules; `undefined` if they all accept the request. */
export function firstRefusal(rules: readonly Rule[], body: Fields): Refusal | undefined {
  for (const rule of rules) {
    const refusal = rule(body);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** Returns the request's messages. Values that are not messages are skipped. */
export function messagesOf({ messages }: Fields): ChatMessage[] {
  if (!Array.isArray(messages)) return [];
  return messages.filter((message): message is ChatMessage => isFields(message) && typeof message.role === "string");
}

export function callsOf({ tool_calls }: Fields): ChatToolCall[] {
  if (!Array.isArray(tool_calls)) return [];
  return tool_calls.filter(isFields).map(({ id, function: called }) => ({
    id: String(id),
    name: isFields(called) ? String(called.name) : "",
  }));
}

export function hasTools({ tools }: Fields): boolean {
  return Array.isArray(tools) && tools.length > 0;
}
