/**
 * Reads the body of a chat completion request: which cell to run, where, after which others.
 *
 * @module
 */

import { type CellTurn, parseCellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { ApiError } from "./api_error.ts";

/** What a chat completion request asks of the offline model. */
export interface CompletionRequest {
  /** The model's name, which is echoed. */
  model: string;
  /** Whether the answer is to be streamed. */
  stream: boolean;
  /** Whether a stream ends with a chunk that holds the usage. */
  includeUsage: boolean;
  /** The namespace that the cell runs in: `prompt_cache_key`. */
  key: string;
  /** The cells before this one that the conversation still holds, oldest first. */
  earlier: CellTurn[];
  /** The cell to run; absent when the conversation already holds its outputs, so that nothing is left to say. */
  cell?: CellTurn;
  /** The conversation and the tools as text, of which usage is counted. */
  prompt: string;
}

/** The namespace of requests without a `prompt_cache_key`. */
const DEFAULT_KEY = "default";

type Fields = Record<string, unknown>;

/**
 * Reads and checks a request's body.
 *
 * @param body the body's text
 * @throws {ApiError} with status 400 that says what was wrong and what was expected
 */
export function readCompletionRequest(body: string): CompletionRequest {
  const fields = parseObject(body);
  if (typeof fields.model !== "string" || fields.model === "") {
    throw invalid("model", `Expected the name of a model (any will do), got ${show(fields.model)}.`);
  }
  if (fields.n !== undefined && fields.n !== null && fields.n !== 1) {
    throw invalid("n", `The offline model gives one answer: expected 1, got ${show(fields.n)}.`);
  }
  const messages = readMessages(fields.messages);
  const last = messages.findLastIndex((message) => message.role === "user");
  if (last === -1) throw invalid("messages", "Expected a message with the role 'user', which holds the cell to run.");
  const cell = parseCellTurn(readText(messages[last].content, last));
  if (cell === undefined) {
    throw invalid(
      `messages[${last}].content`,
      "The offline model runs Python only: expected the last user message to begin with a line 'In [n]:', with the " +
        `cell's code on the lines after it, got ${show(messages[last].content)}.`,
    );
  }
  const earlier = messages.slice(0, last).flatMap((message, index) => {
    if (message.role !== "user") return [];
    return parseCellTurn(readText(message.content, index)) ?? [];
  });
  const answered = messages.slice(last + 1).some((message) => message.role === "assistant");
  return {
    model: fields.model,
    stream: fields.stream === true,
    includeUsage: isObject(fields.stream_options) && fields.stream_options.include_usage === true,
    key: typeof fields.prompt_cache_key === "string" ? fields.prompt_cache_key : DEFAULT_KEY,
    earlier,
    cell: answered ? undefined : cell,
    prompt: JSON.stringify([fields.tools, messages]),
  };
}

function parseObject(body: string): Fields {
  try {
    const value: unknown = JSON.parse(body);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  throw new ApiError(400, "We could not parse the JSON body of your request. Expected a JSON object.");
}

function readMessages(messages: unknown): Fields[] {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalid("messages", `Expected an array of at least one message, got ${show(messages)}.`);
  }
  return messages.map((message: unknown, index) => {
    if (isObject(message) && typeof message.role === "string") return message;
    throw invalid(`messages[${index}]`, `Expected an object with a role, got ${show(message)}.`);
  });
}

/** A message's content: a string, or an array of parts of which those of type `text` count. */
function readText(content: unknown, index: number): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) {
    return content.map((part: unknown) => isObject(part) && typeof part.text === "string" ? part.text : "").join("");
  }
  throw invalid(`messages[${index}].content`, `Expected text, got ${show(content)}.`);
}

function invalid(param: string, message: string): ApiError {
  return new ApiError(400, `Invalid '${param}': ${message}`, { param, code: "invalid_value" });
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Characters of a wrong value that an error message quotes. */
const SHOWN = 80;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
