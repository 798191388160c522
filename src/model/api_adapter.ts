/**
 * Chat completions and Responses, OpenAI's two interfaces, behind one common interface.
 *
 * @module
 */

import type { OpenAI } from "openai";
import type { ModelEvent, ModelRequest } from "../execution/model.ts";
import { ChatCompletionReader } from "./chat_completion_reader.ts";
import { type ChatCompletionRequest, toChatCompletionRequest } from "./chat_completion_request.ts";
import type { RequestForm } from "./request_form.ts";
import { toResponsesFailure } from "./responses/responses_failure.ts";
import { ResponsesReader } from "./responses/responses_reader.ts";
import { type ResponsesRequest, toResponsesRequest } from "./responses/responses_request.ts";

/** Turns the stream events of one answer into model events. */
export interface AnswerReader {
  /** Whether the server has confirmed the request, or begun to answer it. */
  readonly opened: boolean;
  /** Whether a part of an answer has been read. */
  readonly begun: boolean;
  /** Whether the answer is complete. Only its token usage may follow. */
  readonly finished: boolean;
  /** How many tool calls the answer has made so far. */
  readonly calls: number;
  /** Reads one parsed event of the stream. */
  read(event: unknown): Iterable<ModelEvent>;
  /**
   * Ends the answer. Yields the events that were held back, then the finish reason and the token usage.
   *
   * @param isDone whether the server has marked the end of the stream
   * @throws {UnfinishedStreamError} when the answer breaks off
   */
  end(isDone: boolean): Iterable<ModelEvent>;
}

export interface ApiAdapter {
  /** The path of requests below the base URL: `/chat/completions`. */
  path: string;
  /** Builds the body of a streaming request. */
  toBody(model: string, request: ModelRequest, form: RequestForm): object;
  /** Sends a request body. Resolves when the response's headers have arrived. */
  send(client: OpenAI, body: object, signal: AbortSignal): Promise<Response>;
  makeReader(request: ModelRequest): AnswerReader;
  /** Finds the server's own error in the error that was thrown while an answer was read. */
  toFailure(error: unknown): unknown;
}

export const apiAdapters: Record<RequestForm["api"], ApiAdapter> = {
  chat: {
    path: "/chat/completions",
    toBody: toChatCompletionRequest,
    send: (client, body, signal) =>
      client.chat.completions.create(body as ChatCompletionRequest, { signal }).asResponse(),
    makeReader: ({ tools }) => new ChatCompletionReader(tools.map(({ name }) => name)),
    toFailure: (error) => error,
  },
  responses: {
    path: "/responses",
    toBody: toResponsesRequest,
    send: (client, body, signal) => client.responses.create(body as ResponsesRequest, { signal }).asResponse(),
    makeReader: () => new ResponsesReader(),
    toFailure: toResponsesFailure,
  },
};
