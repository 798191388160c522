/**
 * The errors that a stream of the Responses interface ends with.
 *
 * @module
 */

import { bodyOf, type ErrorBody } from "../failure/quote.ts";
import { shortError } from "../failure/short_error.ts";

/** Codes of prompts and answers that violate a policy of the provider: `bio_policy`, `content_policy_violation`. */
const POLICY = /policy|content_filter/;

/** Codes of requests that would fail again: `invalid_prompt`, `data_residency_mismatch`, `model_not_found`. */
const BAD_REQUEST = /^invalid_|_mismatch$|_not_found$|context_length/;

/**
 * An error that the server sent in its stream. It has the fields of the openai package's `APIError`, so `describeFailure` can describe
 * it and decide about a retry.
 */
export class ResponsesFailure extends Error {
  override readonly name = "ResponsesFailure";
  /** Absent: the response itself had a status of success. */
  readonly status = undefined;
  /** Absent: the headers are those of the response. */
  readonly headers = undefined;
  /** The server's error object. Where it has no `type`, the type is derived from its `code`. */
  readonly error: ErrorBody;

  /** @param error the error object of `response.failed` or of the event `error` */
  constructor(error: unknown, options?: ErrorOptions) {
    const { message, code, type, param } = bodyOf(shortError(error));
    super(typeof message === "string" ? message : "The model server gave no reason.", options);
    this.error = { message, code, param, type: typeof type === "string" && type !== "error" ? type : familyOf(code) };
  }
}

/** Turns the openai package's error for the event `error` into a {@linkcode ResponsesFailure}. Returns any other error unchanged. */
export function toResponsesFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ResponsesFailure) return error;
  const isStreamed = "status" in error && error.status === undefined && "error" in error && error.error !== undefined;
  return isStreamed ? new ResponsesFailure(error.error, { cause: error }) : error;
}

function familyOf(code: unknown): string {
  if (typeof code !== "string") return "server_error";
  return POLICY.test(code) ? "content_filter" : BAD_REQUEST.test(code) ? "invalid_request_error" : "server_error";
}
