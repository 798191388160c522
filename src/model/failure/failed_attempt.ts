/**
 * An attempt at a request that failed: what is known about it, and what it means.
 *
 * @module
 */

import { ModelError, type ModelErrorKind } from "../../errors.ts";
import type { TooLong } from "./too_long.ts";
import { bodyOf, quoteRequestId } from "./quote.ts";

/** What is known about an attempt that failed. */
export interface FailedAttempt {
  /** The server, as `host:port`. */
  host: string;
  /** The address that was asked: `http://127.0.0.1:8080/v1/chat/completions`. */
  address: string;
  /** The model that was asked. */
  model: string;
  /** Taken out of everything that is quoted: the API key, and what else says who asks. */
  secrets: readonly string[];
  /** Whether the request said who asks. */
  isAuthorized: boolean;
  /** Whether the server has confirmed that it takes the request. */
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

/** A failure, and what it means for trying again. */
export interface Failure {
  /** What to throw when it is final. */
  error: ModelError;
  /** Whether the same request may succeed later. */
  retryable: boolean;
  /** After how many milliseconds the server wants to be asked again. */
  retryAfterMs?: number;
  /** Whether the server will be ready by itself: it loads its model, or says when to come back. */
  isPassing?: boolean;
}

/** The fields of the openai package's `APIError` that are used. The class itself is not imported: loading the package takes long. */
export interface ApiError extends Error {
  status: number | undefined;
  headers: Headers | undefined;
  /** The `error` object of the body, or all of the body where it has none; absent where it is no JSON. A connection error has none. */
  error: unknown;
}

/** What to do about a failure that may pass. */
export const RUN_AGAIN = "Run the cell again.";

/** Whether something that was thrown has the fields of the openai package's errors. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && "status" in error && "headers" in error && "error" in error;
}

/** What the package puts before a body that is no JSON, and in place of an empty one. */
const PACKAGE_WORDS = /^\d{3} (?:status code \(no body\)$)?|^\(no status code or body\)$/;

/** All that the server said: a JSON value or a text; empty for an empty body. */
export function saidBy({ error, message }: ApiError): unknown {
  return error ?? message.replace(PACKAGE_WORDS, "");
}

/** The HTTP status of an error in a stream: gateways put the status of the server behind them into the code. */
export function statusOf(error: unknown): number | undefined {
  const { code } = bodyOf(error);
  const status = typeof code === "string" && /^\d{3}$/.test(code) ? Number(code) : code;
  return typeof status === "number" && status >= 400 && status < 600 ? status : undefined;
}

/** Makes the error of an attempt. */
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
