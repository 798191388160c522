/**
 * Encodes the steps of a scripted answer as events of OpenAI's Responses interface.
 *
 * @module
 */

import type { IncompleteReason, ResponsesUsage } from "../../stack/strict_model/responses_answer.ts";
import { toServerSentEvents } from "../../stack/strict_model/responses_stream.ts";
import { type ResponsesEvent, ResponsesWriter } from "../../stack/strict_model/responses_writer.ts";
import { done, type SpokenStep, type Step } from "./scripted_answer.ts";

/** The reasons of incomplete answers, by finish reason. */
const INCOMPLETE: Record<string, IncompleteReason> = {
  length: "max_output_tokens",
  content_filter: "content_filter",
};

/** Returns whether a step ends a stream of chat completions. */
function isDone(step: Step): boolean {
  return JSON.stringify(step) === JSON.stringify(done()[0]);
}

/** The fields that a step's chunk may have. */
interface Chunk {
  error?: { code?: string; message?: string };
  choices?: { delta?: { content?: string | null }; finish_reason?: string | null }[];
  usage?: {
    prompt_tokens: number;
    completion_tokens: number;
    prompt_tokens_details?: { cached_tokens?: number };
  } | null;
}

/** Converts the steps of one answer to its events. */
export class ScriptedResponse {
  readonly #writer: ResponsesWriter;
  #hasBegun = false;
  #calls = 0;
  #usage: ResponsesUsage = { input: 0, output: 0 };
  #incomplete?: IncompleteReason;

  /**
   * @param number the request's number
   * @param steps the whole answer, which shows whether the pieces of its calls alternate
   */
  constructor(number: number, steps: readonly Step[]) {
    const interleaved = steps.some((step) => step.type === "piece" && step.index !== undefined);
    this.#writer = new ResponsesWriter({ id: `resp_${number}`, model: "scripted", createdAt: 1 }, { interleaved });
  }

  /**
   * Returns the bytes or the text to send for a step. Bytes are sent unchanged, except for the end of a stream of chat
   * completions.
   */
  write(step: SpokenStep): string | Uint8Array<ArrayBuffer> {
    if (step.type === "raw" && !isDone(step)) return step.bytes;
    const first = this.#hasBegun ? [] : this.#writer.begin();
    this.#hasBegun = true;
    return toServerSentEvents([...first, ...this.#events(step)]);
  }

  #events(step: SpokenStep): ResponsesEvent[] {
    switch (step.type) {
      case "call":
        return this.#writer.call(step.name, step.id ?? `call_${this.#calls++}`);
      case "piece":
        return this.#writer.piece(step.text, step.index);
      case "chunk":
        return this.#chunk(step.chunk as Chunk);
      case "raw":
        return this.#writer.end(this.#usage, this.#incomplete);
    }
  }

  #chunk({ error, choices = [], usage }: Chunk): ResponsesEvent[] {
    if (error !== undefined) {
      return this.#writer.error({ code: error.code ?? "server_error", message: error.message ?? "" });
    }
    if (usage) {
      const cachedInput = usage.prompt_tokens_details?.cached_tokens;
      this.#usage = { input: usage.prompt_tokens, output: usage.completion_tokens, cachedInput };
    }
    return choices.flatMap(({ delta, finish_reason }) => {
      this.#incomplete = INCOMPLETE[finish_reason ?? ""] ?? this.#incomplete;
      return delta?.content ? this.#writer.text(delta.content) : [];
    });
  }
}
