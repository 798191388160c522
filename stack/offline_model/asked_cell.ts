/**
 * Finds the cell that a request asks for, at the end of its conversation. A request without tools and without a cell
 * asks for text.
 *
 * @module
 */

import { describeTools } from "../../src/execution/reply/describe_tools.ts";
import { toolsOf } from "../../src/execution/reply/tools.ts";
import { isFields } from "../strict_model/fields.ts";
import { invalidField, quoteValue } from "./api_error.ts";
import type { AnswerRequest } from "./model_request.ts";
import { readConversation, readSummaries, type Turn } from "./read_conversation.ts";

/**
 * Reads a conversation. It must contain a cell if tools are offered.
 *
 * @param field the field of the request with the conversation, such as `messages`
 * @param tools the request's tools, in the form of either interface
 * @throws {ApiError} when tools are offered and the conversation contains no cell
 */
export function readAskedCell(
  turns: readonly Turn[],
  field: string,
  tools: unknown,
): Pick<AnswerRequest, "summaries" | "earlier" | "cell" | "canAsk"> {
  const earlier = readConversation(turns);
  const cell = earlier.pop();
  if (cell !== undefined) return { summaries: readSummaries(turns), earlier, cell, canAsk: offersInput(turns, tools) };
  if (!offersTools(turns, tools)) return { summaries: [], earlier: [], canAsk: false };
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

/** The first line of the description of tools, in conversations whose calls are text. */
const [DESCRIBED] = describeTools([]).split("\n");

function offersTools(turns: readonly Turn[], tools: unknown): boolean {
  return (Array.isArray(tools) && tools.length > 0) || turns.some(({ text }) => text.includes(DESCRIBED));
}

/** The description of the tool `input`, which asks the person, in conversations whose calls are text. */
const DESCRIPTION = describeTools(toolsOf(true)).split("\n").at(-1)!;

function offersInput(turns: readonly Turn[], tools: unknown): boolean {
  if (!Array.isArray(tools) || tools.length === 0) return turns.some(({ text }) => text.includes(DESCRIPTION));
  return tools.filter(isFields).some(({ name, function: called }) => {
    return (isFields(called) ? called.name : name) === "input";
  });
}
