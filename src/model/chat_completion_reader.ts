/**
 * Reads the chunks of a streaming chat completion.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { FinishReason, ModelEvent, TokenUsage } from "../execution/model.ts";

/** What may stand in a chunk. Servers differ, so everything may be missing or null. */
interface Chunk {
  choices?: Choice[];
  usage?: {
    prompt_tokens?: number;
    completion_tokens?: number;
    prompt_tokens_details?: { cached_tokens?: number } | null;
  } | null;
}

interface Choice {
  finish_reason?: string | null;
  delta?: {
    content?: string | null;
    refusal?: string | null;
    tool_calls?: ToolCallDelta[] | null;
    function_call?: FunctionDelta | null;
  } | null;
}

interface ToolCallDelta {
  index?: number | null;
  id?: string | null;
  function?: FunctionDelta | null;
}

interface FunctionDelta {
  name?: string | null;
  arguments?: string | { [key: string]: unknown } | null;
}

/** A tool call of this answer, as the server names it. */
interface KnownCall {
  serverIndex: number | undefined;
  serverId: string;
  hasArguments: boolean;
}

/** The reasons that servers give, in our words. OpenAI's first; `function_call` is its old form, the rest are other vendors'. */
const FINISH_REASONS: Record<string, FinishReason> = {
  stop: "stop",
  tool_calls: "tool_calls",
  length: "length",
  content_filter: "content_filter",
  function_call: "tool_calls",
  tool_use: "tool_calls",
  max_tokens: "length",
  safety: "content_filter",
};

/** Turns the chunks of one answer into model events. */
export class ChatCompletionReader {
  readonly #calls: KnownCall[] = [];
  #begun = false;
  #finished = false;
  #usage: TokenUsage | undefined;

  /** Whether at least one chunk of a chat completion has been read. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Whether the answer is complete; only its cost may follow. */
  get finished(): boolean {
    return this.#finished;
  }

  /** What the answer cost, as far as the server has told. */
  get usage(): TokenUsage | undefined {
    return this.#usage;
  }

  /**
   * Reads one chunk. What is no chunk of a chat completion is passed over.
   *
   * @throws {ModelError} of kind `server_error` when the server gives an error as the reason for its end
   */
  *read(value: unknown): Generator<ModelEvent> {
    if (typeof value !== "object" || value === null) return;
    const { choices, usage } = value as Chunk;
    if (!Array.isArray(choices) && !usage) return;
    this.#begun = true;
    if (usage) {
      this.#usage = {
        input: usage.prompt_tokens ?? 0,
        cachedInput: usage.prompt_tokens_details?.cached_tokens ?? 0,
        output: usage.completion_tokens ?? 0,
      };
    }
    const choice = choices?.[0];
    if (!choice || this.#finished) return;
    const text = choice.delta?.content ?? choice.delta?.refusal;
    if (text) yield { type: "text", delta: text };
    for (const delta of choice.delta?.tool_calls ?? []) yield* this.#readToolCall(delta);
    if (choice.delta?.function_call) yield* this.#readToolCall({ index: 0, function: choice.delta.function_call });
    if (choice.finish_reason) {
      yield { type: "finish", reason: this.#finishReason(choice.finish_reason) };
      this.#finished = true;
    }
  }

  *#readToolCall(delta: ToolCallDelta): Generator<ModelEvent> {
    let index = this.#findCall(delta);
    if (index === -1) {
      index = this.#calls.length;
      this.#calls.push({ serverIndex: delta.index ?? undefined, serverId: delta.id ?? "", hasArguments: false });
      yield { type: "tool_call", index, id: delta.id || `call_${index}`, name: delta.function?.name ?? "" };
    }
    const piece = delta.function?.arguments;
    if (!piece) return;
    this.#calls[index].hasArguments = true;
    yield { type: "tool_call_delta", index, delta: typeof piece === "string" ? piece : JSON.stringify(piece) };
  }

  /**
   * Finds the call that a piece belongs to, -1 for a new one. Some servers leave the index out or give every call the same
   * one: then a piece with a name begins a new call if its id is new or, without ids, if the call before it has its arguments.
   */
  #findCall({ index, id, function: fn }: ToolCallDelta): number {
    const same = typeof index === "number"
      ? this.#calls.findLastIndex((call) => call.serverIndex === index)
      : this.#calls.length - 1;
    if (same === -1 || !fn?.name) return same;
    const { serverId, hasArguments } = this.#calls[same];
    if (id) return serverId === id ? same : -1;
    return typeof index !== "number" && hasArguments ? -1 : same;
  }

  #finishReason(reason: string): FinishReason {
    if (reason === "error") {
      throw new ModelError("server_error", "The model server ended its answer with an error. Run the cell again.");
    }
    const known = FINISH_REASONS[reason] ?? "stop";
    return known === "stop" && this.#calls.length > 0 ? "tool_calls" : known;
  }
}
