/**
 * Says in words fit for a notebook why a chat completion failed, and whether trying again may help.
 *
 * @module
 */

import { ModelError, type ModelErrorKind } from "../errors.ts";
import { redirectTarget } from "../redirect.ts";
import { bodyOf, quoteBody, quoteJson, quoteRequestId, quoteTitle, scrub } from "./quote.ts";
import { isRefusedOutput } from "./refused_output.ts";
import { readRetryAfter } from "./retry_after.ts";
import { UnfinishedStreamError } from "./stream_errors.ts";

/** What is known about an attempt that failed. */
export interface FailedAttempt {
  /** The server, as `host:port`. */
  host: string;
  /** The model that was asked. */
  model: string;
  /** Taken out of everything that is quoted. */
  apiKey: string;
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
}

/** The fields of the openai package's `APIError` that are used. The class itself is not imported: loading the package takes long. */
interface ApiError {
  status: number | undefined;
  headers: Headers | undefined;
  /** The `error` object of the body; a connection error has none. */
  error: unknown;
  message: string;
  cause?: unknown;
}

const RUN_AGAIN = "Run the cell again.";
const CHECK_ADDRESS = "Check the base URL of the model server: most end in /v1.";

/**
 * Describes whatever a chat completion threw.
 *
 * @param error what was thrown
 * @param attempt what is known about the request and its response
 */
export function describeFailure(error: unknown, attempt: FailedAttempt): Failure {
  if (error instanceof ModelError) return { error, retryable: false };
  if (error instanceof UnfinishedStreamError) return unfinished(error, attempt);
  if (error instanceof SyntaxError) {
    return attempt.response?.ended ? broken(error, attempt) : garbled(error, attempt);
  }
  if (!isApiError(error)) return broken(error, attempt);
  const status = error.status ?? statusOf(error.error);
  if (!isAboutAccess(status) && isRefusedOutput(error)) return refusedOutput(error, status, attempt);
  if (status !== undefined) return refusal(error, status, attempt);
  if (error.error !== undefined) return streamedError(error, attempt);
  return unreachable(error, attempt);
}

/** The server could not read what the model wrote. The same request may lead to the same, so it is not repeated as it is. */
function refusedOutput(cause: ApiError, status: number | undefined, attempt: FailedAttempt): Failure {
  const { host, model, apiKey } = attempt;
  const given = status === undefined ? "" : ` (${status})`;
  const message = `${host} could not read what the model "${model}" wrote${given}${quoteBody(cause, apiKey)}.`;
  return { error: modelError("invalid_answer", message, attempt, { cause, status }), retryable: false };
}

/** Whether a status is about who asks, how often, and for what: nothing was written. */
function isAboutAccess(status: number | undefined): boolean {
  return status === 401 || status === 402 || status === 403 || status === 404 || status === 429;
}

/** The server answered with an HTTP error, or with one inside of its stream that names an HTTP status. */
function refusal(cause: ApiError, status: number, attempt: FailedAttempt): Failure {
  const { host, model } = attempt;
  const said = quoteBody(cause, attempt.apiKey);
  const { code, type } = bodyOf(cause.error);
  const headers = cause.headers;
  const retryAfterMs = headers && readRetryAfter(headers);
  const fail = (kind: ModelErrorKind, message: string, retryable = false): Failure => {
    const wish = headers?.get("x-should-retry");
    return {
      error: modelError(kind, message, attempt, { cause, status, headers }),
      retryable: wish === "true" || (wish !== "false" && retryable),
      retryAfterMs,
    };
  };
  const elsewhere = headers && redirectTarget({ status, headers }, `http://${host}`);
  if (elsewhere !== undefined) {
    return fail(
      "bad_request",
      `${host} sends us to ${
        scrub(elsewhere, attempt.apiKey)
      } (${status}), where nothing was sent: the API key and the ` +
        "code are for one server alone. If that is the right one, give its address with --base-url (OPENAI_BASE_URL).",
    );
  }
  if (status === 401) {
    return fail("refused", `${host} refused the API key (401). Set OPENAI_API_KEY to a key that is valid there.`);
  }
  if (status === 403) {
    return fail(
      "refused",
      `${host} does not allow this API key to use the model "${model}" (403)${said}. Use another key or model.`,
    );
  }
  if (status === 429 && (code === "insufficient_quota" || type === "insufficient_quota")) {
    return fail(
      "rate_limited",
      `The quota of this API key at ${host} is used up (429)${said}. Add credit there, or use another key.`,
    );
  }
  if (status === 429) {
    const when = retryAfterMs === undefined ? "in a while" : `in ${Math.ceil(retryAfterMs / 1_000)} s`;
    return fail("rate_limited", `${host} gets too many requests (429)${said}. Run the cell again ${when}.`, true);
  }
  if (status === 404 && said !== "") {
    return fail(
      "bad_request",
      `${host} has no model "${model}" (404)${said}. Choose another model, such as by AIPYTHON_MODEL.`,
    );
  }
  if (status === 404) {
    return fail("bad_request", `${host} has no chat completions at this address (404). ${CHECK_ADDRESS}`);
  }
  if (code === "context_length_exceeded") {
    return fail(
      "bad_request",
      `The notebook has become too long for the model "${model}" (${status})${said}. Send fewer earlier cells.`,
    );
  }
  if (status >= 500 || status === 408 || status === 409) {
    return fail("server_error", `${host} failed (${status})${said}. Run the cell again in a while.`, true);
  }
  return fail("bad_request", `${host} rejected the request for the model "${model}" (${status})${said}.`);
}

/** The stream held an error in place of a chunk. */
function streamedError(cause: ApiError, attempt: FailedAttempt): Failure {
  const { code, type } = bodyOf(cause.error);
  const labels = `${code} ${type}`;
  const where = attempt.begun
    ? `${attempt.host} broke its answer off`
    : `${attempt.host} gave an error instead of an answer`;
  const message = `${where}${quoteBody(cause, attempt.apiKey)}. ${RUN_AGAIN}`;
  const kind = /quota|rate_limit/.test(labels)
    ? "rate_limited"
    : /content_filter/.test(labels)
    ? "content_filter"
    : /invalid_request|context_length/.test(labels)
    ? "bad_request"
    : "server_error";
  const retryable = kind === "server_error" || (kind === "rate_limited" && !labels.includes("quota"));
  return { error: modelError(kind, message, attempt, { cause }), retryable };
}

/** The stream ended as if all were well, without a finish reason. */
function unfinished(cause: Error, attempt: FailedAttempt): Failure {
  if (attempt.begun) return broken(cause, attempt);
  return { error: modelError("not_a_completion", describeBody(attempt), attempt, { cause }), retryable: false };
}

/** The stream held something that is not JSON. */
function garbled(cause: Error, attempt: FailedAttempt): Failure {
  const message =
    `${attempt.host} sent a stream that is not one of chat completions: it holds malformed JSON. ${CHECK_ADDRESS}`;
  return { error: modelError("not_a_completion", message, attempt, { cause }), retryable: false };
}

/** The connection broke after the response had begun. */
function broken(cause: unknown, attempt: FailedAttempt): Failure {
  const message = attempt.begun
    ? `The answer of ${attempt.host} was cut off in the middle. ${RUN_AGAIN}`
    : `The connection to ${attempt.host} broke before the answer began. ${RUN_AGAIN}`;
  return { error: modelError(attempt.begun ? "cut" : "unreachable", message, attempt, { cause }), retryable: true };
}

/** No response came. */
function unreachable(error: ApiError, attempt: FailedAttempt): Failure {
  const cause = rootCause(error);
  const detail = cause instanceof Error ? cause.message : String(cause);
  const reason = /refused/i.test(detail)
    ? "it refuses connections"
    : /dns|lookup|name or service/i.test(detail)
    ? "its name is not known"
    : scrub(detail.replace(/^.*?\): /, ""), attempt.apiKey);
  const message =
    `The model server ${attempt.host} cannot be reached: ${reason}. Check the network and the base URL, then run the cell again.`;
  return { error: modelError("unreachable", message, attempt, { cause }), retryable: true };
}

/** The error that began it all: fetch wraps what the network says. */
function rootCause(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause !== undefined) root = root.cause;
  return root;
}

/** Says what a successful response was, if not a stream of chat completion chunks. */
function describeBody(attempt: FailedAttempt): string {
  const { host, response } = attempt;
  const head = response?.head.trim() ?? "";
  if (head === "") return `${host} gave an empty answer (${response?.status}). ${CHECK_ADDRESS}`;
  if (head.startsWith("<")) {
    return `${host} answered with a web page${quoteTitle(head, attempt.apiKey)}. ${CHECK_ADDRESS}`;
  }
  if (head.startsWith("{")) {
    const said = quoteJson(head, attempt.apiKey);
    if (said !== "") return `${host} gave an error instead of an answer${said}.`;
    return `${host} answered with plain JSON instead of a stream. Use a server that can stream chat completions.`;
  }
  return `${host} answered with something that is no chat completion: "${
    scrub(head, attempt.apiKey)
  }". ${CHECK_ADDRESS}`;
}

function modelError(
  kind: ModelErrorKind,
  message: string,
  { response, apiKey }: FailedAttempt,
  { cause, status = response?.status, headers = response?.headers }: {
    cause: unknown;
    status?: number;
    headers?: Headers;
  },
): ModelError {
  return new ModelError(kind, message, { cause, status, requestId: headers && quoteRequestId(headers, apiKey) });
}

function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && "status" in error && "headers" in error && "error" in error;
}

/** Gateways put the status of the server behind them into the code. */
function statusOf(error: unknown): number | undefined {
  const { code } = bodyOf(error);
  return typeof code === "number" && code >= 400 && code < 600 ? code : undefined;
}
