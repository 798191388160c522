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

/**
 * Builds the body of a streaming chat completion.
 *
 * `temperature` and `max_tokens` are left out because reasoning models refuse them.
 *
 * @param model the model's name
 * @param request the conversation and the tools
 */
export function toChatCompletionRequest(model: string, request: ModelRequest): ChatCompletionCreateParamsStreaming {
  return {
    model,
    messages: request.messages.map(toMessage),
    ...(request.tools.length === 0 ? {} : {
      tools: request.tools.map((tool) => ({ type: "function", function: { ...tool } })),
      tool_choice: "auto",
      parallel_tool_calls: true,
    }),
    ...(request.cacheKey === undefined ? {} : { prompt_cache_key: request.cacheKey }),
    stream: true,
    stream_options: { include_usage: true },
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
