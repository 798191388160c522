/**
 * The Responses interface of the offline model.
 *
 * @module
 */

import type { ResponsesAnswer, ResponsesIdentity, ResponsesUsage } from "../strict_model/responses_answer.ts";
import { refuseResponsesRequest } from "../strict_model/responses_rules.ts";
import { toServerSentEvents } from "../strict_model/responses_stream.ts";
import { type ResponsesEvent, ResponsesWriter } from "../strict_model/responses_writer.ts";
import type { Answer, AnswerIdentity, AnswerRequest, AnswerStream, ModelInterface } from "./model_request.ts";
import { readResponsesRequest } from "./responses_request.ts";
import { textCalls, TextCallWriter } from "./text_calls.ts";
import type { ToolCallDelta } from "./tool_call_writer.ts";
import type { Usage } from "./usage.ts";

/** `POST /v1/responses`. */
export const responses: ModelInterface = {
  refuse: (body) => refuseResponsesRequest(body),
  read: readResponsesRequest,
  stream: (request, identity) => new ResponsesStream(request, identity),
  whole: wholeResponse,
};

class ResponsesStream implements AnswerStream {
  readonly #hasTools: boolean;
  readonly #writer: ResponsesWriter;
  readonly #texts = new TextCallWriter();

  constructor(request: AnswerRequest, identity: AnswerIdentity) {
    this.#hasTools = request.hasTools;
    this.#writer = new ResponsesWriter(toIdentity(request, identity));
  }

  begin(): string {
    return toServerSentEvents(this.#writer.begin());
  }

  deltas(deltas: readonly ToolCallDelta[]): string {
    return toServerSentEvents(this.#hasTools ? deltas.flatMap((delta) => this.#call(delta)) : this.#text(deltas));
  }

  end({ text }: Answer, usage: Usage): string {
    const rest = this.#texts.end() + text;
    return toServerSentEvents([...rest === "" ? [] : this.#writer.text(rest), ...this.#writer.end(toUsage(usage))]);
  }

  #call({ id, function: { name = "", arguments: piece } }: ToolCallDelta): ResponsesEvent[] {
    return [...id === undefined ? [] : this.#writer.call(name, id), ...piece === "" ? [] : this.#writer.piece(piece)];
  }

  #text(deltas: readonly ToolCallDelta[]): ResponsesEvent[] {
    const text = this.#texts.write(deltas);
    return text === "" ? [] : this.#writer.text(text);
  }
}

function wholeResponse(
  request: AnswerRequest,
  identity: AnswerIdentity,
  { calls, text }: Answer,
  usage: Usage,
): ResponsesAnswer {
  const writer = new ResponsesWriter(toIdentity(request, identity));
  writer.begin();
  const said = request.hasTools ? text : textCalls(calls) + text;
  if (said !== "") writer.text(said);
  for (const { id, function: { name, arguments: args } } of request.hasTools ? calls : []) {
    writer.call(name, id);
    writer.piece(args);
  }
  const last = writer.end(toUsage(usage)).at(-1);
  if (last?.type !== "response.completed") throw new Error("the answer is not complete");
  return last.response;
}

function toIdentity({ model }: AnswerRequest, { unique, created }: AnswerIdentity): ResponsesIdentity {
  return { id: `resp_${unique}`, model, createdAt: created };
}

function toUsage({ prompt_tokens, completion_tokens, prompt_tokens_details }: Usage): ResponsesUsage {
  return { input: prompt_tokens, cachedInput: prompt_tokens_details.cached_tokens, output: completion_tokens };
}
