/**
 * One attempt at a request: what was sent, what has come back, and how to tell of it when it fails.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import { ChatCompletionReader } from "./chat_completion_reader.ts";
import type { ChatCompletionRequest } from "./chat_completion_request.ts";
import type { ObservedResponse } from "./observed_response.ts";
import type { FailedAttempt } from "./openai_errors.ts";
import { quoteRequestId } from "./quote.ts";

/** Whom an exchange is with. */
export type ModelEndpoint = Pick<FailedAttempt, "host" | "model" | "apiKey">;

/** One attempt at a request. */
export class RequestAttempt {
  /** What was sent. */
  readonly body: ChatCompletionRequest;
  /** Reads the answer. */
  readonly reader: ChatCompletionReader;
  /** Ends it. */
  readonly controller = new AbortController();
  /** The response, once there is one. */
  observed: ObservedResponse | undefined;
  readonly #endpoint: ModelEndpoint;

  /**
   * Begins an exchange.
   *
   * @param body what is sent
   * @param endpoint to whom
   */
  constructor(body: ChatCompletionRequest, endpoint: ModelEndpoint) {
    this.body = body;
    this.reader = new ChatCompletionReader(
      body.tools?.flatMap((tool) => tool.type === "function" ? [tool.function.name] : []),
    );
    this.#endpoint = endpoint;
  }

  /** The error of a server that was silent for too long, in milliseconds. */
  stalled(limitMs: number): ModelError {
    const where = this.reader.begun ? "stopped in the middle of its answer and " : "";
    return new ModelError(
      "stalled",
      `${this.#endpoint.host} ${where}sent nothing for ${limitMs / 1_000} s. It may be overloaded: run the cell again.`,
      {
        status: this.observed?.status,
        requestId: this.observed && quoteRequestId(this.observed.headers, this.#endpoint.apiKey),
      },
    );
  }

  /** What is known about it, should it have failed. */
  describe(): FailedAttempt {
    const { observed } = this;
    return {
      ...this.#endpoint,
      begun: this.reader.begun,
      response: observed && {
        status: observed.status,
        headers: observed.headers,
        head: observed.head,
        ended: observed.ended,
      },
    };
  }
}
