/**
 * The format of refusals by OpenAI's server.
 *
 * @module
 */

import type { Refusal } from "./chat_request.ts";

/** OpenAI's error response, the same in both of its interfaces. */
export interface OpenaiRefusal extends Refusal {
  body: { error: OpenaiError };
}

/** OpenAI's error object. */
export interface OpenaiError {
  message: string;
  /** The family of the error, such as `invalid_request_error`. */
  type: string;
  /** The invalid part of the request, such as `input[2].content`; null if OpenAI names no part. */
  param: string | null;
  /** The code for programs, such as `invalid_value`; null if OpenAI names no code. */
  code: string | null;
}

/**
 * Makes a refusal.
 *
 * @param options the invalid part of the request, OpenAI's code for the error, and the status, 400 by default
 */
export function openaiRefusal(
  message: string,
  { param = null, code = null, status = 400 }: Partial<Pick<OpenaiError, "param" | "code">> & { status?: number } = {},
): OpenaiRefusal {
  return { status, body: { error: { message, type: "invalid_request_error", param, code } } };
}
