/**
 * The answer to a chat completion request: a stream of chunks, or one object.
 *
 * @module
 */

import type { CompletionRequest } from "./completion_request.ts";
import type { ToolCallDelta, WrittenToolCall } from "./tool_call_writer.ts";
import type { Usage } from "./usage.ts";

/** What tells one answer from another. */
export interface AnswerIdentity {
  /** The answer's id: `chatcmpl-...`. */
  id: string;
  /** When it was begun, in seconds since 1970. */
  created: number;
}

/** Why the model stopped: it wants its calls carried out, or it made none. */
function finishReason(calls: readonly unknown[]): "tool_calls" | "stop" {
  return calls.length > 0 ? "tool_calls" : "stop";
}

/** Writes the server-sent events of a streamed answer. */
export class AnswerStream {
  readonly #request: CompletionRequest;
  readonly #identity: AnswerIdentity;

  /** @param request the request that is answered */
  constructor(request: CompletionRequest, identity: AnswerIdentity) {
    this.#request = request;
    this.#identity = identity;
  }

  /** The first event, which says who speaks. */
  begin(): string {
    return this.#choice({ role: "assistant", content: null });
  }

  /** The events of these deltas, one each. */
  deltas(deltas: readonly ToolCallDelta[]): string {
    return deltas.map((delta) => this.#choice({ tool_calls: [delta] })).join("");
  }

  /** The last events: why the model stopped, the usage if it was asked for, and the end of the stream. */
  end(calls: readonly WrittenToolCall[], usage: Usage): string {
    const finish = this.#choice({}, finishReason(calls));
    return finish + (this.#request.includeUsage ? this.#event({ choices: [], usage }) : "") + "data: [DONE]\n\n";
  }

  #choice(delta: object, finish_reason: string | null = null): string {
    const usage = this.#request.includeUsage ? { usage: null } : {};
    return this.#event({ choices: [{ index: 0, delta, logprobs: null, finish_reason }], ...usage });
  }

  #event(fields: object): string {
    const chunk = { ...this.#identity, object: "chat.completion.chunk", model: this.#request.model, ...fields };
    return `data: ${JSON.stringify(chunk)}\n\n`;
  }
}

/** The body of an answer that is not streamed. */
export function wholeAnswer(
  { model }: CompletionRequest,
  identity: AnswerIdentity,
  calls: readonly WrittenToolCall[],
  usage: Usage,
): object {
  const message = { role: "assistant", content: null, refusal: null, ...(calls.length > 0 && { tool_calls: calls }) };
  const choice = { index: 0, message, logprobs: null, finish_reason: finishReason(calls) };
  return { ...identity, object: "chat.completion", model, choices: [choice], usage };
}
