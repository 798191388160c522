/**
 * Reading of Responses answers that the strict server's writer has written.
 *
 * @module
 */

import type { Message } from "../../../src/execution/model.ts";
import { type ReplyEvent, ResponsesReader } from "../../../src/model/responses/responses_reader.ts";
import type {
  IncompleteReason,
  ResponsesIdentity,
  ResponsesUsage,
} from "../../../stack/strict_model/responses_answer.ts";
import { type AnswerPart, responsesEvents } from "../../../stack/strict_model/responses_stream.ts";

/** The identity of the answers in tests. */
export const IDENTITY: ResponsesIdentity = { id: "resp_1", model: "gpt-6-luna", createdAt: 1_790_000_000 };

/** The token usage of the answers in tests. */
export const USAGE: ResponsesUsage = { input: 2_000, cachedInput: 1_920, output: 70, reasoning: 30 };

/** Returns the events of a whole answer. */
export function answerOf(parts: AnswerPart[], incomplete?: IncompleteReason): unknown[] {
  return responsesEvents(parts, IDENTITY, USAGE, incomplete);
}

/** Makes a call whose arguments arrive in these pieces. */
export function call(id: string, pieces: string[], name = "stdout"): AnswerPart {
  return { type: "call", id, name, pieces };
}

/** Reads all events. Returns what the reader yields. */
export function readAll(events: Iterable<unknown>, reader = new ResponsesReader()): ReplyEvent[] {
  return [...events].flatMap((event) => [...reader.read(event)]);
}

/** Reads all events. Returns what the reader yields, without the provider data. */
export function readModelEvents(events: Iterable<unknown>): ReplyEvent[] {
  return readAll(events).filter((event) => event.type !== "provider_data");
}

/** Makes the assistant turn of an answer, with ids of the conversation. */
export function turnOf(events: ReplyEvent[]): Extract<Message, { role: "assistant" }> {
  const content = events.flatMap((event) => event.type === "text" ? [event.delta] : []).join("");
  const toolCalls = events.flatMap((event) => event.type === "tool_call" ? [event] : []).map(({ index, name }) => {
    const pieces = events.flatMap((event) =>
      event.type === "tool_call_delta" && event.index === index ? [event.delta] : []
    );
    return { id: `own_${index}`, name, arguments: pieces.join("") };
  });
  const providerData = events.flatMap((event) => event.type === "provider_data" ? [event.data] : []);
  return { role: "assistant", ...(content === "" ? {} : { content }), toolCalls, providerData };
}
