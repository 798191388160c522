/**
 * Reads the chunks of a streaming chat completion.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { ModelEvent, TokenUsage } from "../execution/model.ts";
import { CallAssembler } from "./call_assembler.ts";
import { type EndReason, moreSeriousReason, readEndReason } from "./finish_reason.ts";
import { readMessagePart } from "./message_part.ts";
import { StreamedError, UnfinishedStreamError } from "./stream_errors.ts";

/** A chunk. Servers differ, so every field may be missing or null. */
interface Chunk {
  choices?: (Choice | null)[] | null;
  usage?: {
    prompt_tokens?: number;
    completion_tokens?: number;
    prompt_tokens_details?: { cached_tokens?: number } | null;
    completion_tokens_details?: { reasoning_tokens?: number | null } | null;
  } | null;
}

interface Choice {
  finish_reason?: unknown;
  /** The finish reason of the provider behind OpenRouter, in the provider's words. */
  native_finish_reason?: unknown;
  /** The new part of the message. */
  delta?: unknown;
  /** The whole message: the form of an answer that is not streamed, which some servers put into a stream. */
  message?: unknown;
}

/** Turns the chunks of one answer into model events. */
export class ChatCompletionReader {
  readonly #assembler: CallAssembler;
  #begun = false;
  #hasText = false;
  /** Whether text or calls have arrived as deltas. A whole message that follows repeats them. */
  readonly #deltas = { text: false, calls: false };
  /** Whether a whole message has arrived with a finish reason. A second one is not read. */
  #hasMessage = false;
  #reason: Exclude<EndReason, "error"> | undefined;
  /** Whether a part of the answer has arrived after the finish reason. */
  #isResumed = false;
  /** Whether the last chunk had only the token usage. */
  #isBilled = false;
  #usage: TokenUsage | undefined;

  /** @param tools the names of the tools that the model may call */
  constructor(tools: readonly string[] = []) {
    this.#assembler = new CallAssembler(tools);
  }

  /** Whether the server has begun to answer. A chat completion is not confirmed before. */
  get opened(): boolean {
    return this.#begun;
  }

  /** Whether at least one chunk of a chat completion has been read. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Whether the answer looks complete. Its token usage may follow, and some servers send more after the finish reason. */
  get finished(): boolean {
    if (this.#reason === undefined || this.#isResumed) return false;
    return this.#reason === "length" || this.#reason === "content_filter" || this.#assembler.isComplete;
  }

  get calls(): number {
    return this.#assembler.count;
  }

  /**
   * Reads one chunk, or a whole answer that was not streamed. Skips anything else.
   *
   * @throws {StreamedError} when the value is an error instead
   * @throws {ModelError} of kind `server_error` when the finish reason is an error
   */
  *read(value: unknown): Generator<ModelEvent> {
    if (typeof value !== "object" || value === null) return;
    const { choices, usage } = value as Chunk;
    if (!Array.isArray(choices) && !usage) return requireNoError(value);
    this.#begun = true;
    if (usage) {
      const reasoning = usage.completion_tokens_details?.reasoning_tokens ?? undefined;
      this.#usage = {
        input: usage.prompt_tokens ?? 0,
        cachedInput: usage.prompt_tokens_details?.cached_tokens ?? 0,
        output: usage.completion_tokens ?? 0,
        ...(reasoning !== undefined && { reasoning }),
      };
    }
    const choice = choices?.[0];
    this.#isBilled = !choice && Boolean(usage);
    if (choice) yield* this.#readChoice(choice);
  }

  /**
   * Ends the answer. Yields the events that were held back, then the finish reason and the token usage.
   *
   * @throws {UnfinishedStreamError} when the answer breaks off
   * @throws {ModelError} of kind `invalid_answer` when the model made a call that its server could not read
   */
  *end(isDone: boolean): Generator<ModelEvent> {
    const isWhole = this.#begun && (isDone || this.#isBilled) && this.#assembler.isComplete;
    if (this.#reason === undefined && !isWhole) throw new UnfinishedStreamError();
    yield* this.#assembler.end();
    const reason = this.#reason ?? "stop";
    const isLost = reason === "tool_calls" && this.calls === 0 && !this.#hasText;
    if (reason === "malformed" || isLost) throw unreadable();
    yield { type: "finish", reason: reason === "stop" && this.calls > 0 ? "tool_calls" : reason };
    if (this.#usage !== undefined) yield { type: "usage", usage: this.#usage };
  }

  *#readChoice({ delta, message, finish_reason, native_finish_reason }: Choice): Generator<ModelEvent> {
    const reason = readEndReason(finish_reason, native_finish_reason);
    const added = readMessagePart(delta);
    const whole = added === undefined && !this.#hasMessage ? readMessagePart(message) : undefined;
    const part = added ?? whole;
    if (part !== undefined) {
      const isWhole = whole !== undefined;
      const isAtEnd = reason !== undefined || this.#reason !== undefined;
      const isKnown = (isWhole && this.#deltas.calls) || (isAtEnd && this.#assembler.isRepeatedBy(part.pieces));
      const text = isWhole && this.#deltas.text ? "" : part.text;
      this.#hasText ||= text !== "";
      this.#deltas.text ||= !isWhole && text !== "";
      this.#deltas.calls ||= !isWhole && part.pieces.length > 0;
      this.#isResumed = this.#reason !== undefined;
      if (text !== "") yield { type: "text", delta: text };
      for (const piece of isKnown ? [] : part.pieces) yield* this.#assembler.add(piece, isWhole);
    }
    if (reason === undefined) return;
    if (reason === "error") throw failed();
    this.#hasMessage ||= whole !== undefined;
    this.#isResumed &&= part !== undefined;
    this.#reason = moreSeriousReason(this.#reason, reason);
  }
}

/** Throws if a value that is not a chunk describes an error. vLLM's errors have no field `error`. */
function requireNoError(value: object): void {
  const { object, type, message, code } = value as { [key: string]: unknown };
  const isError = object === "error" || type === "error" || (typeof message === "string" && code !== undefined);
  if (isError) throw new StreamedError(value);
}

function failed(): ModelError {
  return new ModelError("server_error", "The model server ended its answer with an error. Run the cell again.");
}

function unreadable(): ModelError {
  return new ModelError("invalid_answer", "The model made a tool call that its server could not read.");
}
