/**
 * Cuts a conversation that is too long as Ollama does: silently (its `server/prompt.go`).
 *
 * @module
 */

import { callsOf, type ChatMessage } from "./chat_request.ts";

/**
 * Leaves out the oldest messages until the others fit. System messages and the last one stay. A tool's answer stays
 * only together with the turn that called the tool.
 *
 * @param sizes the tokens of each message
 * @param room the tokens that fit
 */
export function cutSilently(
  messages: readonly ChatMessage[],
  sizes: readonly number[],
  room: number,
): readonly ChatMessage[] {
  const isSystem = messages.map(({ role }) => role === "system");
  let kept = sizes.reduce((sum, size) => sum + size, 0);
  let start = 0;
  for (let index = 0; index < messages.length; index++) {
    const begin = beginOfCalls(messages, index);
    for (; start < begin; start++) kept -= isSystem[start] ? 0 : sizes[start];
    if (kept <= room) break;
  }
  return messages.filter((_, index) => index >= start || isSystem[index]);
}

/** Returns the index of the turn whose calls a tool's answer belongs to; for other messages, their own index. */
function beginOfCalls(messages: readonly ChatMessage[], index: number): number {
  let before = index;
  while (before > 0 && messages[before].role === "tool") before--;
  return callsOf(messages[before]).length > 0 ? before : index;
}
