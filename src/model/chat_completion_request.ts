/**
 * Writes a model request in the form of OpenAI's chat completions.
 *
 * @module
 */

import type {
  ChatCompletionCreateParamsStreaming,
  ChatCompletionMessageParam,
} from "openai/resources/chat/completions";
import type { AssistantTurn, Message, ModelRequest, ToolDefinition } from "../execution/model.ts";
import { readCallExtras } from "./call_extras.ts";
import { type ConversationShape, shapeTurns } from "./conversation_shape.ts";
import { fitCacheKey } from "./cache_key.ts";
import { reasoningEffort, reasonsByItself } from "./reasoning_model.ts";
import type { RefusableParameter } from "./refused_parameters.ts";
import { DEFAULT_FORM, type RequestForm, TEMPERATURE, turnsWithNotes } from "./request_form.ts";
import { textTurns } from "./text_turns.ts";

export type ChatCompletionRequest = ChatCompletionCreateParamsStreaming;

/** The parameters that a request can do without. */
type OptionalParameters = Partial<Pick<ChatCompletionRequest, RefusableParameter & keyof ChatCompletionRequest>>;

/**
 * Builds the body of a streaming chat completion.
 *
 * It has no `max_tokens`: servers have their own limit, and reasoning models reject the parameter, as they reject `temperature`.
 */
export function toChatCompletionRequest(
  model: string,
  request: ModelRequest,
  form: RequestForm = DEFAULT_FORM,
): ChatCompletionRequest {
  const { shape, without } = form;
  const turns = turnsWithNotes(model, request, form);
  const isText = shape.calls === "text";
  const messages = shapeTurns(isText ? textTurns(turns, request.tools) : turns, shape);
  const tools = isText ? [] : request.tools;
  const optional = optionalParameters(model, request, form, tools.length > 0);
  for (const parameter of without) delete optional[parameter as keyof OptionalParameters];
  return {
    model,
    messages: messages.map((message) => toMessage(message, shape)),
    ...(tools.length === 0 ? {} : { tools: tools.map((tool) => toTool(tool, shape)) }),
    ...optional,
    stream: true,
  };
}

function optionalParameters(
  model: string,
  { cacheKey, effort }: ModelRequest,
  { parallelCalls, reasoning }: RequestForm,
  hasTools: boolean,
): OptionalParameters {
  const reasons = reasonsByItself(model);
  return {
    ...(hasTools ? { tool_choice: "auto", parallel_tool_calls: parallelCalls } : {}),
    ...(cacheKey === undefined ? {} : { prompt_cache_key: fitCacheKey(cacheKey) }),
    ...(reasons ? {} : { temperature: TEMPERATURE }),
    ...(reasons && reasoning === "none" ? { reasoning_effort: "none" } : {}),
    ...(reasons && reasoning === "asked" && effort !== undefined
      ? { reasoning_effort: reasoningEffort(model, effort) }
      : {}),
    stream_options: { include_usage: true },
  };
}

function toTool({ name, description, parameters }: ToolDefinition, { closedSchemas }: ConversationShape) {
  const schema = closedSchemas ? parameters : withoutKey(parameters, "additionalProperties") as typeof parameters;
  return { type: "function" as const, function: { name, description, parameters: schema } };
}

/** Copies a JSON value without a key, at any depth. */
function withoutKey(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutKey(item, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => name !== key).map(([name, item]) => [name, withoutKey(item, key)]),
  );
}

function toMessage(message: Message, shape: ConversationShape): ChatCompletionMessageParam {
  switch (message.role) {
    case "system":
      return message;
    case "user":
      return { role: "user", content: message.content };
    case "tool":
      return { role: "tool", tool_call_id: message.toolCallId, content: message.content };
    case "assistant":
      return toAssistantMessage(message, shape);
  }
}

function toAssistantMessage(
  { content, toolCalls, providerData }: AssistantTurn,
  { emptyContent, contentBesideCalls, reasoningContent }: ConversationShape,
): ChatCompletionMessageParam {
  const extras = readCallExtras(providerData);
  const text = toolCalls === undefined || contentBesideCalls ? content : undefined;
  const nothing = emptyContent === "absent" ? {} : { content: emptyContent === "null" ? null : "" };
  return {
    role: "assistant",
    ...(text === undefined ? nothing : { content: text }),
    // DeepSeek requires this field. OpenAI's types do not have it.
    ...(reasoningContent ? { reasoning_content: "" } : {}),
    ...(toolCalls === undefined ? {} : {
      tool_calls: toolCalls.map((call, index) => ({
        id: call.id,
        type: "function",
        function: { name: call.name, arguments: call.arguments },
        ...(extras.has(index) ? { extra_content: extras.get(index) } : {}),
      })),
    }),
  };
}
