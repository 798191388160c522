/**
 * The answer to a chat completion request: a stream of chunks, or one object.
 *
 * @module
 */

import type { Answer, AnswerIdentity, AnswerRequest, AnswerStream } from "./model_request.ts";
import { textCalls, TextCallWriter } from "./text_calls.ts";
import type { ToolCallDelta } from "./tool_call_writer.ts";
import type { Usage } from "./usage.ts";

export class CompletionStream implements AnswerStream {
  readonly #request: AnswerRequest;
  readonly #identity: AnswerIdentity;
  readonly #texts = new TextCallWriter();

  constructor(request: AnswerRequest, identity: AnswerIdentity) {
    this.#request = request;
    this.#identity = identity;
  }

  /** Returns the first event, which contains the role. */
  begin(): string {
    return this.#choice({ role: "assistant", content: this.#request.hasTools ? null : "" });
  }

  deltas(deltas: readonly ToolCallDelta[]): string {
    if (this.#request.hasTools) return deltas.map((delta) => this.#choice({ tool_calls: [delta] })).join("");
    return deltas.map((delta) => this.#content(this.#texts.write([delta]))).join("");
  }

  /**
   * Returns the last events: the text, if there were no calls, the finish reason, the usage if it was requested, and
   * the end of the stream.
   */
  end(answer: Answer, usage: Usage): string {
    const rest = this.#content(this.#texts.end() + answer.text);
    const finish = this.#choice({}, finishReason(this.#request, answer));
    return rest + finish + (this.#request.includeUsage ? this.#event({ choices: [], usage }) : "") + "data: [DONE]\n\n";
  }

  #content(content: string): string {
    return content === "" ? "" : this.#choice({ content });
  }

  #choice(delta: object, finish_reason: string | null = null): string {
    const usage = this.#request.includeUsage ? { usage: null } : {};
    return this.#event({ choices: [{ index: 0, delta, logprobs: null, finish_reason }], ...usage });
  }

  #event(fields: object): string {
    return `data: ${
      JSON.stringify({ ...head(this.#request, this.#identity, "chat.completion.chunk"), ...fields })
    }\n\n`;
  }
}

export function wholeCompletion(
  request: AnswerRequest,
  identity: AnswerIdentity,
  answer: Answer,
  usage: Usage,
): object {
  const { calls, text } = answer;
  const said = request.hasTools ? text : textCalls(calls) + text;
  const message = {
    role: "assistant",
    content: said === "" ? null : said,
    refusal: null,
    ...(request.hasTools && calls.length > 0 && { tool_calls: calls }),
  };
  const choice = { index: 0, message, logprobs: null, finish_reason: finishReason(request, answer) };
  return { ...head(request, identity, "chat.completion"), choices: [choice], usage };
}

function head({ model }: AnswerRequest, { unique, created }: AnswerIdentity, object: string): object {
  return { id: `chatcmpl-${unique}`, created, object, model };
}

/** The finish reason: `tool_calls` if there are calls, otherwise `stop`. */
function finishReason({ hasTools }: AnswerRequest, { calls }: Answer): "tool_calls" | "stop" {
  return hasTools && calls.length > 0 ? "tool_calls" : "stop";
}
