/**
 * What the core asks of a language model: a conversation in, a stream of events out. It names no provider.
 *
 * @module
 */

import type { JsonValue } from "../media/json_value.ts";

/** A finished tool call, as it stands in the conversation. */
export interface ToolCall {
  /** The model's id for the call; the answer to it carries the same id. */
  id: string;
  /** The tool's name. */
  name: string;
  /** The arguments as JSON text, just as the model wrote them. */
  arguments: string;
}

/** A turn of the person's. The core writes it: a cell, or what was wrong with the model's reply. */
export interface UserTurn {
  /** Tells it from other turns. */
  role: "user";
  /** The text of the turn. */
  content: string;
  /**
   * The same text with a request for notes before the answer. Send one of them in place of `content` to a model that does not reason by
   * itself. Default: `content` in every case.
   */
  notes?: {
    /** For a model that never reasons by itself: asks for notes where the cell is hard. */
    asNeeded: string;
    /** For a model that reasons by itself, where the request switches that off. */
    insteadOfReasoning: string;
  };
}

/** A turn of the model's. */
export interface AssistantTurn {
  /** Tells it from other turns. */
  role: "assistant";
  /** Its text besides its calls. */
  content?: string;
  /** Its calls, in order. */
  toolCalls?: ToolCall[];
  /**
   * The data of the answer's {@linkcode ProviderDataEvent}s, in order: what the provider wants back when the conversation goes on, such
   * as its encrypted reasoning. The core passes it on unchanged.
   */
  providerData?: JsonValue[];
}

/**
 * One turn of the conversation.
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
  /** What it does, for the model. */
  description: string;
  /** Its arguments, as a JSON schema of type `object`. */
  parameters: { [key: string]: JsonValue };
}

/**
 * How much a model reasons that does so by itself. `least` is as little as it can.
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
  /** The conversation, oldest turn first. */
  messages: Message[];
  /** The tools that may be called. */
  tools: ToolDefinition[];
  /** The same for every request that shares a prefix (a notebook's id), so that the provider can keep its prompt cache warm. */
  cacheKey?: string;
  /**
   * Whether calls are written as text even where the server has tools: the setting `toolMode: "text"`. Without such a setting a model
   * need not heed it. Default: `false`.
   */
  callsAsText?: boolean;
  /** How much the model reasons. Of no meaning for a model that does not reason by itself. */
  effort?: ReasoningEffort;
  /** Aborts the request. The stream then throws the signal's reason. */
  signal: AbortSignal;
}

/** Why a model stopped writing: it was done, it wants its tool calls carried out, it reached a length limit, or its filter stopped it. */
export type FinishReason = "stop" | "tool_calls" | "length" | "content_filter";

/** The tokens that one request cost. */
export interface TokenUsage {
  /** Tokens of the prompt, the cached ones included. */
  input: number;
  /** Those of them that came from the provider's prompt cache. */
  cachedInput: number;
  /** Tokens that the model wrote, its reasoning included. */
  output: number;
  /** Those of them that it reasoned with; absent where the server does not tell. */
  reasoning?: number;
}

/**
 * A piece of a model's answer. They come in this order: text and calls as the model writes them, one `finish`, perhaps `usage`.
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
  /** The request waits longer than a person would overlook, for its turn or before another attempt; the reason is a sentence. */
  | { type: "waiting"; reason: string }
  /** A piece of plain text. */
  | { type: "text"; delta: string }
  /** A tool call begins. `index` numbers the calls of this answer from 0. */
  | { type: "tool_call"; index: number; id: string; name: string }
  /** A piece of the JSON text of the arguments of call `index`. */
  | { type: "tool_call_delta"; index: number; delta: string }
  /** The answer is complete. Exactly one, unless the stream throws. */
  | { type: "finish"; reason: FinishReason }
  /** What it cost; where the server says so, after `finish`. */
  | { type: "usage"; usage: TokenUsage }
  | ProviderDataEvent;

/** Something of the provider's own that belongs to the assistant turn that is being written; see {@linkcode AssistantTurn}. */
export interface ProviderDataEvent {
  /** Tells it from other events. */
  type: "provider_data";
  /** Opaque to the core. */
  data: JsonValue;
}

/**
 * A language model that can call tools. {@linkcode createModel} makes one for OpenAI-compatible servers; write one for any other.
 *
 * The core asks for one answer at a time. An answer ends with one `finish` event, or it throws: a {@linkcode ModelError}, whose `kind`
 * decides whether the model is asked again (`invalid_answer`, and `server_error` after a complete call), or asked with less of the past
 * (`too_long`). Any other error counts as `server_error`, and its message is shown in the cell. When `request.signal` is aborted, the
 * answer ends at once; nothing that comes later is shown.
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
  /** Whether it makes no more than one tool call in a reply. May turn out after the first reply. Default: `false`. */
  readonly oneCallAReply?: boolean;
  /** How many tokens a request and its answer may have together. May turn out after the first reply. Default: not known. */
  readonly contextLength?: number;
  /**
   * Loads what the first request needs, so that the first cell does not wait for it. Called once, at the start; if it fails, nothing
   * happens. Default: there is nothing to load.
   */
  warmUp?(): Promise<void>;
  /**
   * Sends one request and yields its answer while it arrives.
   *
   * @param request the conversation and the tools; see {@linkcode ModelRequest}
   * @throws {ModelError} when there is no answer, or only a part of one
   * @throws the signal's reason when the request is aborted
   */
  stream(request: ModelRequest): AsyncIterable<ModelEvent>;
}
