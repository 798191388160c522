/**
 * An answer of OpenAI's Responses interface, as an object (https://platform.openai.com/docs/api-reference/responses/object).
 *
 * @module
 */

import type {
  Response,
  ResponseFunctionToolCall,
  ResponseOutputMessage,
  ResponseReasoningItem,
} from "openai/resources/responses/responses";

/** An answer as it is sent: `output_text` is added by the openai package. */
export type ResponsesAnswer = Omit<Response, "output_text">;

export type AnswerItem = ResponseFunctionToolCall | ResponseOutputMessage | ResponseReasoningItem;

export interface ResponsesIdentity {
  /** For example `resp_1`. */
  id: string;
  model: string;
  /** The time of the request, in seconds since 1970. */
  createdAt: number;
}

export interface ResponsesUsage {
  input: number;
  /** Tokens of the prompt that came from the prompt cache. */
  cachedInput?: number;
  /** Tokens that the model wrote. */
  output: number;
  /** Tokens that the model wrote as reasoning. */
  reasoning?: number;
}

/** The reason an answer is not complete. */
export type IncompleteReason = "max_output_tokens" | "content_filter";

/** The encrypted form of a reasoning item, which goes back unchanged. */
export function encryptedReasoning(itemId: string): string {
  return `gAAAA${btoa(itemId)}`;
}

export interface AnswerState {
  status: NonNullable<Response["status"]>;
  /** The items of the answer; none while it is in progress. */
  output?: readonly AnswerItem[];
  usage?: ResponsesUsage;
  /** The reason the answer is not complete. */
  incomplete?: IncompleteReason;
  error?: Response["error"];
}

export function toAnswer(
  { id, model, createdAt }: ResponsesIdentity,
  { status, output = [], usage, incomplete, error = null }: AnswerState,
): ResponsesAnswer {
  return {
    id,
    object: "response",
    created_at: createdAt,
    status,
    error,
    incomplete_details: incomplete === undefined ? null : { reason: incomplete },
    instructions: null,
    metadata: {},
    model,
    output: structuredClone([...output]),
    parallel_tool_calls: true,
    temperature: 1,
    tool_choice: "auto",
    tools: [],
    top_p: 1,
    ...(usage === undefined ? {} : { usage: toUsage(usage) }),
  };
}

function toUsage({ input, cachedInput = 0, output, reasoning = 0 }: ResponsesUsage): Response["usage"] {
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: cachedInput, cache_write_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}
