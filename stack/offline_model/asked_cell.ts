/**
 * Finds the cell that a request asks for, at the end of its conversation. One that offers no tools and holds no cell asks for words.
 *
 * @module
 */

import { describeTools } from "../../src/execution/reply/describe_tools.ts";
import { toolsOf } from "../../src/execution/reply/tools.ts";
import { isFields } from "../strict_model/chat_request.ts";
import { invalidField, quoteValue } from "./api_error.ts";
import type { AnswerRequest } from "./model_request.ts";
import { readConversation, readSummaries, type Turn } from "./told_conversation.ts";

/**
 * Reads a conversation that must hold a cell where tools are offered.
 *
 * @param turns the conversation
 * @param field where it stands in the request: `messages`
 * @param tools the request's tools, in the form of either interface
 * @throws {ApiError} when it holds none
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

/** The line with which the description of tools begins, where calls are text. */
const [DESCRIBED] = describeTools([]).split("\n");

function offersTools(turns: readonly Turn[], tools: unknown): boolean {
  return (Array.isArray(tools) && tools.length > 0) || turns.some(({ text }) => text.includes(DESCRIBED));
}

/** The tool by which the person is asked, as it is described where calls are text. */
const DESCRIPTION = describeTools(toolsOf(true)).split("\n").at(-1)!;

/** Whether the tool `input` is among those that are offered. */
function offersInput(turns: readonly Turn[], tools: unknown): boolean {
  if (!Array.isArray(tools) || tools.length === 0) return turns.some(({ text }) => text.includes(DESCRIPTION));
  return tools.filter(isFields).some(({ name, function: called }) => {
    return (isFields(called) ? called.name : name) === "input";
  });
}
