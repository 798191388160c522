/**
 * Errors in the form in which OpenAI's API answers them.
 *
 * @module
 */

import { AIPythonError } from "../../src/errors.ts";

/** A request that is answered with an error. */
export class ApiError extends AIPythonError {
  readonly name = "ApiError";
  /** The HTTP status. */
  readonly status: number;
  /** The field of the request that is wrong: `messages[2].content`; null where none is. */
  readonly param: string | null;
  /** OpenAI's code for it: `invalid_value`; null where it has none. */
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
 * The error for a field of a request that is not as it must be.
 *
 * @param param the field: `messages[2].content`
 * @param message what was expected and what was there
 */
export function invalidField(param: string, message: string): ApiError {
  return new ApiError(400, `Invalid '${param}': ${message}`, { param, code: "invalid_value" });
}

/** Characters of a wrong value that an error message quotes. */
const SHOWN = 80;

/** A value as an error message quotes it. */
export function quoteValue(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
