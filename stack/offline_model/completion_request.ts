/**
 * Reads the body of a chat completion request: the cell to run, its namespace and the cells before it.
 *
 * @module
 */

import { callsOf, type ChatMessage, hasTools } from "../strict_model/chat_request.ts";
import { type Fields, isFields } from "../strict_model/fields.ts";
import { familyTraits, type ModelFamily } from "../strict_model/family.ts";
import { invalidField, quoteValue } from "./api_error.ts";
import { readAskedCell } from "./asked_cell.ts";
import { type AnswerRequest, DEFAULT_KEY } from "./model_request.ts";
import type { Turn } from "./read_conversation.ts";

/**
 * Reads and checks a request's body.
 *
 * @param family the model's family, which decides which parts of the conversation it sees. Default: it sees all
 * @throws {ApiError} with status 400 that names the actual and the expected value
 */
export function readCompletionRequest(body: Fields, family?: ModelFamily): AnswerRequest {
  if (typeof body.model !== "string" || body.model === "") {
    throw invalidField("model", `Expected the name of a model (any will do), got ${quoteValue(body.model)}.`);
  }
  if (body.n !== undefined && body.n !== null && body.n !== 1) {
    throw invalidField("n", `The offline model gives one answer: expected 1, got ${quoteValue(body.n)}.`);
  }
  const traits = family && familyTraits[family];
  const messages = readMessages(body.messages);
  const turns = messages.map((message, index) => readTurn(message, index, traits?.seesToolCalls !== false));
  return {
    ...readAskedCell(turns, "messages", body.tools),
    model: body.model,
    stream: body.stream === true,
    includeUsage: isFields(body.stream_options) && body.stream_options.include_usage === true,
    key: typeof body.prompt_cache_key === "string" ? body.prompt_cache_key : DEFAULT_KEY,
    hasTools: hasTools(body),
    oneCallAReply: traits?.oneCallAReply === true || body.parallel_tool_calls === false,
    prompt: JSON.stringify([body.tools, messages]),
  };
}

function readMessages(messages: unknown): ChatMessage[] {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalidField("messages", `Expected an array of at least one message, got ${quoteValue(messages)}.`);
  }
  return messages.map((message: unknown, index) => {
    if (isFields(message) && typeof message.role === "string") return message as ChatMessage;
    throw invalidField(`messages[${index}]`, `Expected an object with a role, got ${quoteValue(message)}.`);
  });
}

function readTurn({ role, ...message }: ChatMessage, index: number, seesToolCalls: boolean): Turn {
  const isAssistant = role === "assistant";
  return {
    role: role === "user" || role === "tool" || isAssistant ? role : "system",
    text: readText(isAssistant ? message.content ?? "" : message.content, index),
    calls: seesToolCalls ? callsOf(message).map(({ name }) => name) : [],
  };
}

/** Reads a message's content: a string, or an array of parts, of which those of type `text` count. */
function readText(content: unknown, index: number): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) {
    return content.map((part: unknown) => isFields(part) && typeof part.text === "string" ? part.text : "").join("");
  }
  throw invalidField(`messages[${index}].content`, `Expected text, got ${quoteValue(content)}.`);
}
