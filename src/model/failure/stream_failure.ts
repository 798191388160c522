/**
 * Describes the errors of a response with a status of success.
 *
 * @module
 */

import type { ModelErrorKind } from "../../errors.ts";
import { type EndlessStreamError, type GarbledStreamError, StreamedError } from "../stream_errors.ts";
import { type ApiError, type FailedAttempt, type Failure, modelError, RUN_AGAIN, statusOf } from "./failed_attempt.ts";
import { describeHttpFailure, tooLongMessage } from "./http_failure.ts";
import { describeBroken } from "./network_failure.ts";
import { isLoading } from "./loading.ts";
import { checkAddress, describeWrongAddress, whatIsMissing } from "./not_found.ts";
import { bodyOf, quoteReason, scrub } from "./quote.ts";
import { readTooLong } from "./too_long.ts";

/** Describes an error that the stream held instead of a chunk. */
export function describeStreamedError(cause: ApiError, attempt: FailedAttempt): Failure {
  const tooLong = attempt.begun ? undefined : readTooLong(JSON.stringify(cause.error));
  if (tooLong !== undefined) {
    const message = tooLongMessage(cause.error, attempt);
    return { error: modelError("too_long", message, attempt, { cause, ...tooLong }), retryable: false };
  }
  const { code, type } = bodyOf(cause.error);
  const labels = `${code} ${type}`;
  const where = attempt.begun
    ? `${attempt.host} broke off its answer`
    : `${attempt.host} gave an error instead of an answer`;
  const message = `${where}${quoteReason(cause.error, attempt.secrets)}. ${RUN_AGAIN}`;
  const kind = kindOf(labels);
  const retryable = kind === "server_error" || (kind === "rate_limited" && !labels.includes("quota"));
  return { error: modelError(kind, message, attempt, { cause }), retryable };
}

function kindOf(labels: string): ModelErrorKind {
  if (/quota|rate_limit/.test(labels)) return "rate_limited";
  if (/content_filter/.test(labels)) return "content_filter";
  return /invalid_request/.test(labels) ? "bad_request" : "server_error";
}

/** Describes a stream that ended normally but without a finish reason. */
export function describeUnfinished(cause: Error, attempt: FailedAttempt): Failure {
  if (attempt.begun || attempt.opened) return describeBroken(cause, attempt);
  const body = readBody(attempt.response?.head ?? "");
  const status = statusOf(errorIn(body));
  if (status !== undefined) return describeHttpFailure(new StreamedError(errorIn(body)), status, attempt);
  if (isLoading(503, body)) return describeHttpFailure(new StreamedError(errorIn(body)), 503, attempt);
  return { error: modelError("not_a_completion", describeBody(body, attempt), attempt, { cause }), retryable: false };
}

/** Describes a stream with an event that is not JSON. */
export function describeGarbled(cause: GarbledStreamError, attempt: FailedAttempt): Failure {
  const { host, address, secrets } = attempt;
  const message = `${host} sent a stream that is not a model's answer: it holds malformed JSON${
    quoteReason(cause.data, secrets)
  }. ${checkAddress(address)}`;
  return { error: modelError("not_a_completion", message, attempt, { cause }), retryable: false };
}

/** Describes a stream that exceeded its maximum size. A retry would probably do the same, so there is none. */
export function describeEndless(cause: EndlessStreamError, attempt: FailedAttempt): Failure {
  const { host, address, begun } = attempt;
  const size = cause.what === "events" ? `${cause.max.toLocaleString("en-US")} events` : `${cause.max / 1_048_576} MB`;
  const what = cause.what !== "event"
    ? `${host} sent more than ${size} in one answer and did not finish`
    : `${host} sent more than ${size} without an event of an answer: an endless line, comments or keep-alive messages`;
  const message = `${what}. The connection was closed. ${begun ? RUN_AGAIN : checkAddress(address)}`;
  return { error: modelError(begun ? "cut" : "not_a_completion", message, attempt, { cause }), retryable: false };
}

/** Returns the error object of a body, or the whole body if it has none. */
function errorIn(body: unknown): unknown {
  const first = Array.isArray(body) ? body[0] : body;
  const { error } = bodyOf(first) as { error?: unknown };
  return typeof error === "object" && error !== null ? error : first;
}

/** Reads the beginning of a body: one JSON value, the JSON of an event stream's first line, or a text without the stream's comments. */
function readBody(head: string): unknown {
  const text = head.replace(/^:.*$/gm, "").trim();
  try {
    return JSON.parse(/^(?:data|error): ?(?=[[{])(.*)$/m.exec(text)?.[1] ?? text);
  } catch {
    return text;
  }
}

/** Describes a successful response that is not a model's answer. */
function describeBody(body: unknown, attempt: FailedAttempt): string {
  const { host, response, model, address, secrets } = attempt;
  const advice = checkAddress(address);
  if (body === "") return `${host} gave an empty answer (${response?.status}). ${advice}`;
  if (typeof body !== "string") {
    const quote = quoteReason(body, secrets);
    if (quote === "") {
      return `${host} answered with plain JSON instead of a stream. Use a server that can stream answers.`;
    }
    if (whatIsMissing(body, model) === "address") return describeWrongAddress(attempt, response?.status ?? 200, body);
    return `${host} gave an error instead of an answer${quote}.`;
  }
  if (body.startsWith("<")) return `${host} answered with a web page${quoteReason(body, secrets)}. ${advice}`;
  return `${host} answered with something that is not a model's answer: "${scrub(body, secrets)}". ${advice}`;
}
