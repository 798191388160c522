/**
 * One attempt at a request: the request, the response, and the description of a failure.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { AnswerReader } from "./api_adapter.ts";
import type { ObservedResponse } from "./observed_response.ts";
import type { FailedAttempt } from "./failure/failed_attempt.ts";
import { quoteRequestId } from "./failure/quote.ts";

/** The model and the server that an attempt is sent to. */
export type ModelEndpoint = Pick<FailedAttempt, "host" | "address" | "model" | "secrets" | "isAuthorized">;

export class RequestAttempt {
  readonly body: object;
  readonly reader: AnswerReader;
  readonly controller = new AbortController();
  /** The response, once there is one. */
  observed: ObservedResponse | undefined;
  /** Whether the model has sent text or a call. */
  isSpeaking = false;
  readonly #endpoint: ModelEndpoint;

  /** Makes an attempt. Nothing is sent yet. */
  constructor(body: object, reader: AnswerReader, endpoint: ModelEndpoint) {
    this.body = body;
    this.reader = reader;
    this.#endpoint = endpoint;
  }

  /** Makes the error of a server that was silent for too long, in milliseconds. */
  stalled(limitMs: number): ModelError {
    const { host } = this.#endpoint;
    const message = this.isSpeaking
      ? `${host} stopped in the middle of its answer and sent nothing for ${
        seconds(limitMs)
      }. It may be overloaded: run the ` +
        "cell again, or allow longer pauses with --stall-timeout (AIPYTHON_STALL_TIMEOUT)."
      : `${host} sent nothing for ${
        seconds(limitMs)
      }. It may be overloaded, or still be reading a long prompt: run the cell ` +
        "again, or wait longer with --first-byte-timeout (AIPYTHON_FIRST_BYTE_TIMEOUT).";
    return this.#silenceError(message);
  }

  /** Makes the error of a server that has sent only keep-alive messages for too long, in milliseconds. */
  onlyKeepAlive(limitMs: number): ModelError {
    const minutes = Math.round(limitMs / 60_000);
    return this.#silenceError(
      `${this.#endpoint.host} has sent only keep-alive messages for ${minutes} minutes, and no part of an answer. ` +
        "The connection was closed. It may be overloaded: run the cell again, or choose another model.",
    );
  }

  #silenceError(message: string): ModelError {
    return new ModelError("stalled", message, {
      status: this.observed?.status,
      requestId: this.observed && quoteRequestId(this.observed.headers, this.#endpoint.secrets),
    });
  }

  /** Says that the answer has not begun, with the elapsed time in milliseconds. */
  describeSilence(elapsedMs: number): string {
    const { host } = this.#endpoint;
    const isAlive = this.observed !== undefined && this.observed.head !== "";
    return isAlive
      ? `${host} is at work, but has not begun to answer after ${seconds(elapsedMs)}: it may be reading a long prompt.`
      : `${host} has not begun to answer after ${
        seconds(elapsedMs)
      }: it may be loading its model, reading a long prompt, or ` +
        "busy with another request.";
  }

  /** Returns what is known about the attempt, for the description of a failure. */
  describe(): FailedAttempt {
    const { observed } = this;
    return {
      ...this.#endpoint,
      opened: this.reader.opened,
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

function seconds(milliseconds: number): string {
  const whole = milliseconds < 1_000 ? milliseconds / 1_000 : Math.round(milliseconds / 1_000);
  return `${whole} s`;
}
