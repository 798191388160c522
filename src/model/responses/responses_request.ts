/**
 * Writes a model request in the form of OpenAI's Responses interface (https://platform.openai.com/docs/api-reference/responses/create).
 *
 * @module
 */

import type {
  EasyInputMessage,
  ResponseCreateParamsStreaming,
  ResponseFunctionToolCall,
  ResponseInputItem,
  ResponseReasoningItem,
} from "openai/resources/responses/responses";
import type { AssistantTurn, Message, ModelRequest, ToolCall } from "../../execution/model.ts";
import { fitCacheKey } from "../cache_key.ts";
import { reasoningEffort, reasonsByItself } from "../reasoning_model.ts";
import type { RefusableParameter } from "../refused_parameters.ts";
import { DEFAULT_FORM, type RequestForm, TEMPERATURE, turnsWithNotes } from "../request_form.ts";
import { textTurns } from "../text_turns.ts";
import { readReplyItems } from "./reply_items.ts";

export type ResponsesRequest = ResponseCreateParamsStreaming & { input: ResponseInputItem[] };

/** The items that an assistant turn is made of. */
type ReplyInput = EasyInputMessage | ResponseReasoningItem | ResponseFunctionToolCall;

/**
 * Builds the body of a streaming request. It asks the provider to store nothing.
 *
 * It has no `max_output_tokens`: the model's own limit applies. The tools are sent with `strict: false`, because the default is strict,
 * and a strict schema cannot have an object with arbitrary keys, such as a MIME bundle.
 */
export function toResponsesRequest(
  model: string,
  request: ModelRequest,
  form: RequestForm = DEFAULT_FORM,
): ResponsesRequest {
  const { cacheKey, effort } = request;
  const { without, parallelCalls, shape } = form;
  const isText = shape.calls === "text";
  const turns = turnsWithNotes(model, request, form);
  const tools = isText ? [] : request.tools;
  const reasons = reasonsByItself(model);
  const optional: Pick<ResponsesRequest, RefusableParameter & keyof ResponsesRequest> = {
    store: false,
    ...(tools.length === 0 ? {} : { parallel_tool_calls: parallelCalls }),
    ...(cacheKey === undefined ? {} : { prompt_cache_key: fitCacheKey(cacheKey) }),
    ...(reasons ? { include: ["reasoning.encrypted_content"] } : { temperature: TEMPERATURE }),
    ...(reasons && effort !== undefined ? { reasoning: { effort: reasoningEffort(model, effort) } } : {}),
  };
  for (const parameter of without) delete optional[parameter as keyof typeof optional];
  return {
    model,
    input: toInput(isText ? textTurns(turns, request.tools) : turns, optional.include !== undefined),
    ...(tools.length === 0 ? {} : { tools: tools.map((tool) => ({ type: "function", ...tool, strict: false })) }),
    ...optional,
    stream: true,
  };
}

function toInput(messages: readonly Message[], withReasoning: boolean): ResponseInputItem[] {
  // The `call_id`s in the input, by the calls' ids in the conversation.
  const callIds = new Map<string, string>();
  return messages.flatMap((message): ResponseInputItem[] => {
    switch (message.role) {
      case "system":
        return [{ role: "developer", content: message.content }];
      case "user":
        return [{ role: "user", content: message.content }];
      case "tool": {
        const call_id = callIds.get(message.toolCallId) ?? message.toolCallId;
        return [{ type: "function_call_output", call_id, output: message.content }];
      }
      case "assistant": {
        const items = toReply(message, withReasoning);
        const calls = items.filter((item) => item.type === "function_call");
        for (const [index, { call_id }] of calls.entries()) callIds.set(message.toolCalls![index].id, call_id);
        return items;
      }
    }
  });
}

/**
 * Writes an assistant turn: its text, its calls in order, and the reasoning before each. The turn may have fewer calls than the reply
 * had, and its last call may be shorter. Reasoning without a following item is left out, because OpenAI may refuse it ("was provided
 * without its required following item").
 */
function toReply({ content, toolCalls = [], providerData }: AssistantTurn, withReasoning: boolean): ReplyInput[] {
  const kept = readReplyItems(providerData);
  const callIds = new Map(kept.flatMap((item) => item.type === "function_call" ? [[item.call, item.call_id]] : []));
  const items: ReplyInput[] = [];
  let reasoning: ReplyInput[] = [];
  let calls = 0;
  const write = (item: ReplyInput) => {
    items.push(...reasoning, item);
    reasoning = [];
  };
  const writeCallsUpTo = (count: number) => {
    for (; calls < Math.min(count, toolCalls.length); calls++) write(toCall(toolCalls[calls], callIds.get(calls)));
  };
  if (content !== undefined && !kept.some((item) => item.type === "message")) write({ role: "assistant", content });
  for (const item of kept) {
    if (item.type === "reasoning" && withReasoning) reasoning.push(item);
    if (item.type === "message") {
      const { content: said, phase } = item;
      write({ role: "assistant", content: said, ...(phase === undefined ? {} : { phase }) });
    }
    if (item.type === "function_call") writeCallsUpTo(item.call + 1);
  }
  writeCallsUpTo(toolCalls.length);
  return items;
}

function toCall({ id, name, arguments: args }: ToolCall, callId: string = id): ResponseFunctionToolCall {
  return { type: "function_call", call_id: callId, name, arguments: args };
}
