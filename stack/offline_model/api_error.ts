/**
 * Errors in the format of OpenAI's API.
 *
 * @module
 */

import { AIPythonError } from "../../src/errors.ts";

/** A request that is answered with an error. */
export class ApiError extends AIPythonError {
  readonly name = "ApiError";
  readonly status: number;
  /** The invalid field of the request, such as `messages[2].content`; null if the error concerns no single field. */
  readonly param: string | null;
  /** OpenAI's code for the error, such as `invalid_value`; null if it has no code. */
  readonly code: string | null;

  constructor(
    status: number,
    message: string,
    { param = null, code = null, ...options }: ErrorOptions & { param?: string | null; code?: string | null } = {},
  ) {
    super(message, options);
    this.status = status;
    this.param = param;
    this.code = code;
  }

  /** The body of the answer. */
  toJSON(): { error: { message: string; type: string; param: string | null; code: string | null } } {
    const type = this.status >= 500 ? "server_error" : "invalid_request_error";
    return { error: { message: this.message, type, param: this.param, code: this.code } };
  }
}

/**
 * Makes the error for an invalid field of a request.
 *
 * @param param the field, for example `messages[2].content`
 * @param message the expected and the actual value
 */
export function invalidField(param: string, message: string): ApiError {
  return new ApiError(400, `Invalid '${param}': ${message}`, { param, code: "invalid_value" });
}

/** Characters of a wrong value that an error message quotes. */
const SHOWN = 80;

export function quoteValue(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
