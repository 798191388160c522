/**
 * The interface between the core and any language model: messages go in, and a stream of events comes out.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";

/** A complete tool call in the conversation. */
export interface ToolCall {
  /** The model's id for the call. The result of the call has the same id. */
  id: string;
  /** The tool's name. */
  name: string;
  /** The arguments as JSON text, as the model wrote them. */
  arguments: string;
}

/** A message in the role of the user. The core writes it: a cell, or the problem with the model's reply. */
export interface UserTurn {
  /** Identifies the kind of message. */
  role: "user";
  /** The text of the message. */
  content: string;
  /**
   * The same text with a request for notes before the answer. If the model does not reason by itself, send one of them instead of
   * `content`. Default: always send `content`.
   */
  notes?: {
    /** For a model that never reasons by itself. Asks for notes only if the cell is hard. */
    asNeeded: string;
    /** For a model that reasons by itself, if the request disables that. */
    insteadOfReasoning: string;
  };
}

/** A message of the model. */
export interface AssistantTurn {
  /** Identifies the kind of message. */
  role: "assistant";
  /** The text besides its calls. */
  content?: string;
  /** The calls, in order. */
  toolCalls?: ToolCall[];
  /**
   * The data of the answer's {@linkcode ProviderDataEvent}s, in order. The provider expects it back in later requests, for example
   * encrypted reasoning. The core passes it on unchanged.
   */
  providerData?: JsonValue[];
}

/**
 * One message of the conversation.
 *
 * ```ts
 * import type { AssistantTurn, Message, ToolCall, UserTurn } from "@runt/aipython-runtime-agent";
 *
 * const cell: UserTurn = { role: "user", content: "In [1]: 2 + 2" };
 * const call: ToolCall = { id: "cell-1-0", name: "execute_result", arguments: '{"data": {"text/plain": "4"}}' };
 * const reply: AssistantTurn = { role: "assistant", toolCalls: [call] };
 * const conversation: Message[] = [cell, reply, { role: "tool", toolCallId: call.id, content: "ok" }];
 * console.log(conversation.map(({ role }) => role));
 * ```
 */
export type Message =
  | { role: "system"; content: string }
  | UserTurn
  | AssistantTurn
  | { role: "tool"; toolCallId: string; content: string };

/**
 * A tool that the model may call.
 *
 * ```ts
 * import type { ToolDefinition } from "@runt/aipython-runtime-agent";
 *
 * // A tool as the provider's API names its parts.
 * function toTool({ name, description, parameters }: ToolDefinition): object {
 *   return { name, description, input_schema: parameters };
 * }
 *
 * console.log(toTool({ name: "stdout", description: "Write text.", parameters: { type: "object" } }));
 * ```
 */
export interface ToolDefinition {
  /** The tool's name: `stdout`. */
  name: string;
  /** The purpose of the tool, for the model. */
  description: string;
  /** The arguments, as a JSON schema of type `object`. */
  parameters: { [key: string]: JsonValue };
}

/**
 * The amount of reasoning of a reasoning model. `least` is as little as possible.
 *
 * ```ts
 * import type { ReasoningEffort } from "@runt/aipython-runtime-agent";
 *
 * // Tokens for thoughts, for a provider that wants a number.
 * const budgets: Record<ReasoningEffort, number> = { least: 0, low: 1_024, medium: 4_096, high: 16_384 };
 * console.log(budgets.low);
 * ```
 */
export type ReasoningEffort = "least" | "low" | "medium" | "high";

/** One request to a model. */
export interface ModelRequest {
  /** The conversation, oldest message first. */
  messages: Message[];
  /** The tools that may be called. */
  tools: ToolDefinition[];
  /** The key of the provider's prompt cache. Requests with a common prefix have the same key, for example the notebook's id. */
  cacheKey?: string;
  /**
   * Whether calls are written as text even if the server has tools: the setting `toolMode: "text"`. A model that is not used with
   * this setting may ignore it. Default: `false`.
   */
  callsAsText?: boolean;
  /** The amount of reasoning. It has no effect on models that do not reason by themselves. */
  effort?: ReasoningEffort;
  /** Aborts the request. The stream then throws the signal's reason. */
  signal: AbortSignal;
}

/** The reason why a model stopped: the answer is complete, it made tool calls, or a length limit or a content filter stopped it. */
export type FinishReason = "stop" | "tool_calls" | "length" | "content_filter";

/** The tokens of one request. */
export interface TokenUsage {
  /** Input tokens, including cached ones. */
  input: number;
  /** Input tokens that came from the provider's prompt cache. */
  cachedInput: number;
  /** Output tokens, including those of the model's reasoning. */
  output: number;
  /** Output tokens of the model's reasoning; absent if the server does not report them. */
  reasoning?: number;
}

/**
 * A piece of a model's answer. The order is: text and calls as the model writes them, one `finish`, and possibly `usage`.
 *
 * ```ts
 * import type { FinishReason, ModelEvent, ProviderDataEvent, TokenUsage } from "@runt/aipython-runtime-agent";
 *
 * // A piece of the stream of a provider.
 * interface Piece {
 *   text?: string;
 *   stop?: "end" | "max_tokens";
 *   signature?: string;
 *   tokens?: { in: number; out: number };
 * }
 *
 * function* toEvents({ text, stop, signature, tokens }: Piece): Generator<ModelEvent> {
 *   if (text !== undefined) yield { type: "text", delta: text };
 *   if (signature !== undefined) {
 *     const kept: ProviderDataEvent = { type: "provider_data", data: signature };
 *     yield kept;
 *   }
 *   if (stop !== undefined) {
 *     const reason: FinishReason = stop === "end" ? "stop" : "length";
 *     yield { type: "finish", reason };
 *   }
 *   if (tokens !== undefined) {
 *     const usage: TokenUsage = { input: tokens.in, cachedInput: 0, output: tokens.out };
 *     yield { type: "usage", usage };
 *   }
 * }
 *
 * console.log([...toEvents({ text: "4", stop: "end" })]);
 * ```
 */
export type ModelEvent =
  /** The request has been waiting for a noticeable time, for its turn or before another attempt. The reason is a sentence. */
  | { type: "waiting"; reason: string }
  /** A piece of plain text. */
  | { type: "text"; delta: string }
  /** A tool call begins. `index` numbers the calls of this answer from 0. */
  | { type: "tool_call"; index: number; id: string; name: string }
  /** A piece of the JSON text of the arguments of call `index`. */
  | { type: "tool_call_delta"; index: number; delta: string }
  /** The answer is complete. This event occurs exactly once, unless the stream throws. */
  | { type: "finish"; reason: FinishReason }
  /** The token usage, after `finish`, if the server reports it. */
  | { type: "usage"; usage: TokenUsage }
  | ProviderDataEvent;

/** Data of the provider that belongs to the current assistant message; see {@linkcode AssistantTurn}. */
export interface ProviderDataEvent {
  /** Identifies the kind of event. */
  type: "provider_data";
  /** Not interpreted by the core. */
  data: JsonValue;
}

/**
 * A language model that can call tools. {@linkcode createModel} creates one for OpenAI-compatible servers. Implement this interface
 * for other servers.
 *
 * The core asks for one answer at a time. An answer ends with one `finish` event, or it throws a {@linkcode ModelError}. The `kind`
 * of the error decides whether the model is asked again (`invalid_answer`, and `server_error` after a complete call), or asked with
 * less history (`too_long`). Any other error counts as `server_error`, and its message is shown in the cell. When `request.signal`
 * is aborted, the answer ends immediately, and later events are not shown.
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { InteractiveShell, type Model } from "@runt/aipython-runtime-agent";
 *
 * // A model that knows the answer to every cell.
 * const deepThought: Model = {
 *   name: "deep-thought",
 *   async *stream() {
 *     yield { type: "tool_call", index: 0, id: "call-1", name: "execute_result" };
 *     yield { type: "tool_call_delta", index: 0, delta: '{"data": {"text/plain": "42"}}' };
 *     yield { type: "finish", reason: "tool_calls" };
 *     yield { type: "usage", usage: { input: 1700, cachedInput: 1600, output: 12 } };
 *   },
 * };
 *
 * const { outputs, usage } = await new InteractiveShell({ model: deepThought }).runCell("6 * 7");
 * assert.deepEqual(outputs, [{ type: "execute_result", data: { "text/plain": "42" } }]);
 * assert.equal(usage.output, 12);
 * ```
 */
export interface Model {
  /** The model's name, for logs and for the notebook: `gpt-4o-mini`. */
  readonly name: string;
  /** Whether the model makes at most one tool call per reply. The value may become known after the first reply. Default: `false`. */
  readonly oneCallAReply?: boolean;
  /**
   * The number of tokens that a request and its answer may have together. The value may become known after the first reply.
   * Default: unknown.
   */
  readonly contextLength?: number;
  /**
   * Loads resources for the first request, so that the first cell does not wait for them. Called once, at the start. A failure is
   * ignored. Default: there is nothing to load.
   */
  warmUp?(): Promise<void>;
  /**
   * Sends one request and yields its answer while it arrives.
   *
   * @param request the messages and the tools; see {@linkcode ModelRequest}
   * @throws {ModelError} the answer is missing or incomplete
   * @throws the signal's reason if the request is aborted
   */
  stream(request: ModelRequest): AsyncIterable<ModelEvent>;
}
