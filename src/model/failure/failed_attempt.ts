/**
 * A failed attempt at a request, and the failure that is reported.
 *
 * @module
 */

import { ModelError, type ModelErrorKind } from "../../errors.ts";
import type { TooLong } from "./too_long.ts";
import { bodyOf, quoteRequestId } from "./quote.ts";

export interface FailedAttempt {
  /** The server, as `host:port`. */
  host: string;
  /** The address that was asked: `http://127.0.0.1:8080/v1/chat/completions`. */
  address: string;
  model: string;
  /** The API key and other credentials. They are removed from everything that is quoted. */
  secrets: readonly string[];
  /** Whether the request carried a key or other credentials. */
  isAuthorized: boolean;
  /** Whether the server has confirmed the request. */
  opened: boolean;
  /** Whether chunks of the answer had arrived. */
  begun: boolean;
  /** The response, if there was one. */
  response?: {
    status: number;
    headers: Headers;
    /** The beginning of its body. */
    head: string;
    /** Whether its body ended by itself. */
    ended: boolean;
  };
}

/** A failure, and whether to retry. */
export interface Failure {
  /** The error to throw if the request is not retried. */
  error: ModelError;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** The delay that the server asks for, in milliseconds. */
  retryAfterMs?: number;
  /** Whether the server will be ready later: it is loading its model, or says when to retry. */
  isPassing?: boolean;
}

/** The fields of the openai package's `APIError` that are used. The class itself is not imported: loading the package takes long. */
export interface ApiError extends Error {
  status: number | undefined;
  headers: Headers | undefined;
  /** The `error` object of the body, or the whole body if it has none. Absent for a body that is not JSON, and for a connection error. */
  error: unknown;
}

/** The advice for a failure that may not happen again. */
export const RUN_AGAIN = "Run the cell again.";

/** Whether a thrown value has the fields of the openai package's errors. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && "status" in error && "headers" in error && "error" in error;
}

/** The text that the package puts before a body that is not JSON, and uses for an empty body. */
const PACKAGE_WORDS = /^\d{3} (?:status code \(no body\)$)?|^\(no status code or body\)$/;

/** Returns the server's answer: a JSON value or a text; an empty text for an empty body. */
export function saidBy({ error, message }: ApiError): unknown {
  return error ?? message.replace(PACKAGE_WORDS, "");
}

/** Returns the HTTP status in the `code` of an error in a stream. Gateways put the status of the server behind them there. */
export function statusOf(error: unknown): number | undefined {
  const { code } = bodyOf(error);
  const status = typeof code === "string" && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof status === "number" && status >= 400 && status < 600 ? status : undefined;
}

export function modelError(
  kind: ModelErrorKind,
  message: string,
  { response, secrets }: FailedAttempt,
  { headers = response?.headers, ...options }: TooLong & {
    cause: unknown;
    status?: number;
    headers?: Headers;
  },
): ModelError {
  const requestId = headers && quoteRequestId(headers, secrets);
  return new ModelError(kind, message, { status: response?.status, ...options, requestId });
}
