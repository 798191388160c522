/**
 * Finds the cell that a request asks for, at the end of its conversation.
 *
 * @module
 */

import { invalidField, quoteValue } from "./api_error.ts";
import type { AnswerRequest } from "./model_request.ts";
import { readConversation, readSummaries, type Turn } from "./told_conversation.ts";

/**
 * Reads a conversation that must hold a cell.
 *
 * @param turns the conversation
 * @param field where it stands in the request: `messages`
 * @throws {ApiError} when it holds none
 */
export function readAskedCell(
  turns: readonly Turn[],
  field: string,
): Pick<AnswerRequest, "summaries" | "earlier" | "cell"> {
  const earlier = readConversation(turns);
  const cell = earlier.pop();
  if (cell !== undefined) return { summaries: readSummaries(turns), earlier, cell };
  const last = turns.findLastIndex(({ role }) => role === "user");
  if (last === -1) {
    throw invalidField(field, "Expected a message with the role 'user', which holds the cell to run.");
  }
  throw invalidField(
    `${field}[${last}].content`,
    "The offline model runs Python only: expected a user message to begin with a line 'In [n]:', with the cell's code " +
      `on the lines after it, got ${quoteValue(turns[last].text)}.`,
  );
}
