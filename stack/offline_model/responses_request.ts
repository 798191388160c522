/**
 * Reads the body of a request of OpenAI's Responses interface: the cell to run, its namespace and the cells before
 * it.
 *
 * @module
 */

import { hasTools } from "../strict_model/chat_request.ts";
import { type Fields, isFields } from "../strict_model/fields.ts";
import { readAskedCell } from "./asked_cell.ts";
import { type AnswerRequest, DEFAULT_KEY } from "./model_request.ts";
import type { Turn } from "./read_conversation.ts";

/**
 * Reads a request's body, whose fields have been checked.
 *
 * @throws {ApiError} with status 400 when the request contains no cell
 */
export function readResponsesRequest(body: Fields): AnswerRequest {
  const { model, input, instructions, tools } = body;
  const items = typeof input === "string" ? [{ role: "user", content: input }] : Array.isArray(input) ? input : [];
  return {
    ...readAskedCell(items.filter(isFields).map(readTurn), "input", tools),
    model: String(model),
    stream: body.stream === true,
    includeUsage: true,
    key: typeof body.prompt_cache_key === "string" ? body.prompt_cache_key : DEFAULT_KEY,
    hasTools: hasTools(body),
    oneCallAReply: body.parallel_tool_calls === false,
    prompt: JSON.stringify([tools, instructions, input]),
  };
}

function readTurn(item: Fields): Turn {
  switch (item.type) {
    case "function_call":
      return { role: "assistant", text: "", calls: [String(item.name)] };
    case "function_call_output":
      return { role: "tool", text: readText(item.output), calls: [] };
  }
  const { role } = item;
  return { role: role === "user" || role === "assistant" ? role : "system", text: readText(item.content), calls: [] };
}

/**
 * Reads the content of an item: text, or an array of parts, of which those with text count. Reasoning has no content.
 */
function readText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: unknown) => isFields(part) && typeof part.text === "string" ? part.text : "").join("");
}
