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

/** A turn of the person's, or what we say on their behalf. */
export interface UserTurn {
  role: "user";
  /** What is said. */
  content: string;
  /** The same, with a request for notes before the answer, for models that do not reason by themselves. Default: `content`. */
  notes?: {
    /** As the cell needs it. */
    asNeeded: string;
    /** Where a model would reason by itself but cannot be told to in this request. */
    insteadOfReasoning: string;
  };
}

/** A turn of the model's. */
export interface AssistantTurn {
  role: "assistant";
  /** What it said besides its calls. */
  content?: string;
  /** Its calls, in order. */
  toolCalls?: ToolCall[];
  /**
   * What the provider gave with the turn and wants back when the conversation goes on, such as its encrypted reasoning: the data of
   * the answer's {@linkcode ProviderDataEvent}s, in order. The core passes it on unchanged and does not look into it.
   */
  providerData?: JsonValue[];
}

/** One turn of the conversation. */
export type Message =
  | { role: "system"; content: string }
  | UserTurn
  | AssistantTurn
  | { role: "tool"; toolCallId: string; content: string };

/** A tool that the model may call. */
export interface ToolDefinition {
  /** The tool's name: `stdout`. */
  name: string;
  /** What it does, for the model. */
  description: string;
  /** Its arguments, as a JSON schema of type `object`. */
  parameters: { [key: string]: JsonValue };
}

/** How much a model that reasons by itself is to reason, from `least`, which is as little as it can. */
export type ReasoningEffort = "least" | "low" | "medium" | "high";

/** A request as it goes out. */
export interface SentRequest {
  /** Which of OpenAI's interfaces is spoken. */
  api: "chat" | "responses";
  /** Whether calls are tool calls of the interface, or lines of text. */
  calls: "tools" | "text";
  /** How it differs from the form that is tried first, on a line; empty where it does not. */
  form: string;
  /** Whether the model reasons by itself, as much as the request's effort says. */
  isReasoning: boolean;
  /** The conversation, turn by turn that of the request, with the texts that are sent. */
  messages: readonly Message[];
}

/** Who is told what becomes of a request besides its events, for a record. */
export interface RequestObserver {
  /** It goes out: the first time, or again. */
  onSend(sent: SentRequest): void;
  /** It has failed, and will be sent again; why, as a sentence without secrets. */
  onRetry(reason: string): void;
  /** A piece of what the model thinks before it answers, where the server shows that. */
  onThought(delta: string): void;
  /** The model that answers, as its server names it; once an attempt, where the server says so. */
  onModel?(name: string): void;
}

/** One request to a model. */
export interface ModelRequest {
  /** The conversation, oldest turn first. */
  messages: Message[];
  /** The tools that may be called. */
  tools: ToolDefinition[];
  /** The same for every request that shares a prefix (a notebook's id), so that the provider can keep its prompt cache warm. */
  cacheKey?: string;
  /** Whether calls are written as text even where the server has tools. Default: false. */
  callsAsText?: boolean;
  /** How much a model that reasons by itself is to reason; others do not see it. */
  effort?: ReasoningEffort;
  /** Told what becomes of the request. Default: nobody is. */
  observer?: RequestObserver;
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

/** What arrives while a model answers, in order. */
export type ModelEvent =
  /** The request has to wait longer than a person would overlook: for its turn, or, as it has failed, to be sent again. */
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

/** Something of the provider's own that belongs to the assistant turn that is being written; see {@linkcode Message}. */
export interface ProviderDataEvent {
  /** Tells it from other events. */
  type: "provider_data";
  /** Opaque to the core. */
  data: JsonValue;
}

/**
 * A language model that can call tools.
 *
 * A stream that ends without a `finish` event must not exist: whatever cuts an answer short is thrown, as a `ModelError`
 * (or the abort signal's reason). One of kind `invalid_answer` means that the model's own output was refused: it is asked again.
 */
export interface Model {
  /** The model's name, for logs and for the notebook: `gpt-4o-mini`. */
  readonly name: string;
  /** Whether it makes no more than one tool call in a reply. May turn out after the first reply. */
  readonly oneCallAReply?: boolean;
  /** How many tokens a request and its answer may have together, as far as it is known. May turn out after the first reply. */
  readonly contextLength?: number;
  /** Sends one request and yields its answer while it arrives. */
  stream(request: ModelRequest): AsyncIterable<ModelEvent>;
}
