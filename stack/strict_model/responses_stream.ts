/**
 * Writes the event stream of an answer of OpenAI's Responses interface
 * (https://platform.openai.com/docs/api-reference/responses-streaming).
 *
 * @module
 */

import type { IncompleteReason, ResponsesIdentity, ResponsesUsage } from "./responses_answer.ts";
import { type ResponsesEvent, ResponsesWriter } from "./responses_writer.ts";

/** Formats events as the server sends them. The stream has no `[DONE]`. */
export function toServerSentEvents(events: readonly ResponsesEvent[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
}

export type AnswerPart =
  | { type: "reasoning" }
  /** Text that is sent in these pieces. */
  | { type: "text" | "refusal"; pieces: string[] }
  /** A function call whose arguments are sent in these pieces. */
  | { type: "call"; id: string; name: string; pieces: string[] };

/**
 * Writes a whole answer.
 *
 * @param incomplete the reason the answer is not complete; absent if it is complete
 */
export function responsesEvents(
  parts: readonly AnswerPart[],
  identity: ResponsesIdentity,
  usage: ResponsesUsage,
  incomplete?: IncompleteReason,
): ResponsesEvent[] {
  const writer = new ResponsesWriter(identity);
  const write = (part: AnswerPart): ResponsesEvent[] => {
    switch (part.type) {
      case "reasoning":
        return writer.reasoning();
      case "text":
        return part.pieces.flatMap((piece) => writer.text(piece));
      case "refusal":
        return part.pieces.flatMap((piece) => writer.text(piece, "refusal"));
      case "call":
        return [...writer.call(part.name, part.id), ...part.pieces.flatMap((piece) => writer.piece(piece))];
    }
  };
  return [...writer.begin(), ...parts.flatMap(write), ...writer.end(usage, incomplete)];
}
