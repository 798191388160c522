/**
 * Writes a model request in the form of OpenAI's chat completions.
 *
 * @module
 */

import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import type { Message, ModelRequest } from "../execution/model.ts";
import { reasoningEffort, reasonsByItself } from "./reasoning_model.ts";
import type { RefusableParameter } from "./refused_parameters.ts";

/** The body of a streaming chat completion. */
export type ChatCompletionRequest = ChatCompletionCreateParamsStreaming;

/** The same input shall give the same output, as in Python. */
const TEMPERATURE = 0;

/**
 * Builds the body of a streaming chat completion.
 *
 * `max_tokens` is left out: servers have their own limit, and reasoning models refuse it, as they do a `temperature`.
 *
 * @param model the model's name
 * @param request the conversation and the tools
 * @param refused parameters that the model does not take; they are left out
 */
export function toChatCompletionRequest(
  model: string,
  request: ModelRequest,
  refused: ReadonlySet<RefusableParameter> = new Set(),
): ChatCompletionRequest {
  const { messages, tools, cacheKey, effort } = request;
  const optional: Pick<ChatCompletionRequest, RefusableParameter> = {
    ...(tools.length === 0 ? {} : { tool_choice: "auto", parallel_tool_calls: true }),
    ...(cacheKey === undefined ? {} : { prompt_cache_key: cacheKey }),
    ...(!reasonsByItself(model)
      ? { temperature: TEMPERATURE }
      : effort === undefined
      ? {}
      : { reasoning_effort: reasoningEffort(model, effort) }),
    stream_options: { include_usage: true },
  };
  for (const parameter of refused) delete optional[parameter];
  return {
    model,
    messages: messages.map(toMessage),
    ...(tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: "function", function: { ...tool } })) }),
    ...optional,
    stream: true,
  };
}

function toMessage(message: Message): ChatCompletionMessageParam {
  switch (message.role) {
    case "system":
    case "user":
      return message;
    case "tool":
      return { role: "tool", tool_call_id: message.toolCallId, content: message.content };
    case "assistant":
      return {
        role: "assistant",
        content: message.content ?? null,
        ...(message.toolCalls === undefined ? {} : {
          tool_calls: message.toolCalls.map((call) => ({
            id: call.id,
            type: "function",
            function: { name: call.name, arguments: call.arguments },
          })),
        }),
      };
  }
}
