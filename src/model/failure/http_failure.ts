/**
 * Describes an HTTP error, or an error in a stream that names an HTTP status.
 *
 * @module
 */

import type { ModelErrorKind } from "../../errors.ts";
import { redirectTarget } from "../../redirect.ts";
import { readRetryAfter } from "../retry_after.ts";
import { type ApiError, type FailedAttempt, type Failure, modelError, saidBy } from "./failed_attempt.ts";
import { isLoading } from "./loading.ts";
import {
  describeNotFound,
  describeUnknownModel,
  describeWrongAddress,
  isUnknownModel,
  whatIsMissing,
} from "./not_found.ts";
import { bodyOf, quoteReason, scrub } from "./quote.ts";
import { readReason } from "./server_reason.ts";
import { readTooLong, type TooLong } from "./too_long.ts";

/** A refused key in a 400 or 403, from Gemini or a gateway. LiteLLM without a database knows one key and cannot look up others. */
const REFUSED_KEY =
  /no connected db|\b(?:invalid|incorrect|missing|no) (?:or missing )?api[ _-]?key|api[ _-]?key (?:is )?(?:not valid|invalid|expired|not found)/i;

/** The codes of an account without credit: OpenAI, DeepSeek (402), OpenRouter (402). */
const NO_CREDIT = /^insufficient_(?:quota|balance|credits?)$|^billing_/;

/** The meaning of a status: the parts of a failure that do not depend on the headers. */
interface Meaning {
  kind: ModelErrorKind;
  message: string;
  retryable?: boolean;
  isPassing?: boolean;
  tooLong?: TooLong;
}

/** @param status the HTTP status of the response, or the one that an error in a stream names */
export function describeHttpFailure(cause: ApiError, status: number, attempt: FailedAttempt): Failure {
  const { headers } = cause;
  const retryAfterMs = headers && readRetryAfter(headers);
  const { kind, message, retryable = false, isPassing = false, tooLong } = meaningOf(
    saidBy(cause),
    status,
    attempt,
    headers,
  );
  const wish = headers?.get("x-should-retry");
  return {
    error: modelError(kind, message, attempt, { cause, status, headers, ...tooLong }),
    retryable: wish === "true" || (wish !== "false" && retryable),
    retryAfterMs,
    isPassing: isPassing && wish !== "false",
  };
}

function meaningOf(said: unknown, status: number, attempt: FailedAttempt, headers?: Headers): Meaning {
  const { host, model, secrets } = attempt;
  const quote = quoteReason(said, secrets);
  const elsewhere = headers && redirectTarget({ status, headers }, `http://${host}`);
  if (elsewhere !== undefined) return redirected(elsewhere, status, attempt);
  if (isLoading(status, said)) {
    const message = `${host} is loading its model (${status})${quote}. Run the cell again in a while.`;
    return { kind: "server_error", message, retryable: true, isPassing: true };
  }
  const isAboutKey = (status === 400 || status === 403) && REFUSED_KEY.test(readReason(said) ?? "");
  if (status === 401 || isAboutKey) return { kind: "refused", message: refusedKey(quote, status, attempt) };
  if (status === 403) {
    const message =
      `${host} does not allow this API key to use the model "${model}" (403)${quote}. Use another key or model.`;
    return { kind: "refused", message };
  }
  const tooLong = describeTooLong(said, status, attempt);
  if (tooLong !== undefined) return tooLong;
  if (status === 402 || (status === 429 && hasNoCredit(said))) {
    const message =
      `The quota of this API key at ${host} is used up (${status})${quote}. Add credit there, or use another key.`;
    return { kind: "rate_limited", message };
  }
  if (status === 429) {
    const retryAfterMs = headers && readRetryAfter(headers);
    const when = retryAfterMs === undefined ? "in a while" : `in ${Math.ceil(retryAfterMs / 1_000)} s`;
    const message = `${host} gets too many requests (429)${quote}. Run the cell again ${when}.`;
    return { kind: "rate_limited", message, retryable: true };
  }
  if (status === 404 || status === 405) return notFound(said, status, attempt);
  if (status >= 500 || status === 408 || status === 409 || status === 425) {
    const message = `${host} failed (${status})${quote}. Run the cell again in a while.`;
    // A server that sends `retry-after` expects to be ready again.
    const isPassing = status === 503 && headers !== undefined && readRetryAfter(headers) !== undefined;
    return { kind: "server_error", message, retryable: true, isPassing };
  }
  if (isUnknownModel(said, model)) {
    return { kind: "bad_request", message: describeUnknownModel(attempt, status, said) };
  }
  return {
    kind: "bad_request",
    message: `${host} rejected the request for the model "${model}" (${status})${quote}.`,
  };
}

function redirected(elsewhere: string, status: number, { host, secrets }: FailedAttempt): Meaning {
  const message =
    `${host} redirects to ${scrub(elsewhere, secrets)} (${status}). Nothing was sent there, because the API key and ` +
    "the code are meant for one server. If that is the right server, give its address with --base-url (OPENAI_BASE_URL).";
  return { kind: "bad_request", message };
}

function refusedKey(quote: string, status: number, { host, isAuthorized }: FailedAttempt): string {
  return !isAuthorized
    ? `${host} requires an API key (${status})${quote}. Set OPENAI_API_KEY to a key that is valid there.`
    : `${host} refused the API key (${status})${quote}. Set OPENAI_API_KEY to a key that is valid there.`;
}

function hasNoCredit(said: unknown): boolean {
  const { code, type } = bodyOf(said);
  return NO_CREDIT.test(String(code)) || NO_CREDIT.test(String(type));
}

function notFound(said: unknown, status: number, attempt: FailedAttempt): Meaning {
  const missing = status === 405 ? "address" : whatIsMissing(said, attempt.model);
  const describe = { model: describeUnknownModel, address: describeWrongAddress, something: describeNotFound }[missing];
  return { kind: "bad_request", message: describe(attempt, status, said) };
}

/** Describes a request that does not fit into the model's context; `undefined` for other errors. */
function describeTooLong(said: unknown, status: number, attempt: FailedAttempt): Meaning | undefined {
  const tooLong = readTooLong(typeof said === "string" ? said : JSON.stringify(said), status);
  return tooLong && { kind: "too_long", message: tooLongMessage(said, attempt, status), tooLong };
}

/** Says that a request was too long, and quotes the server's answer `said`. */
export function tooLongMessage(said: unknown, { host, model, secrets }: FailedAttempt, status?: number): string {
  const given = status === undefined ? "" : ` (${status})`;
  return `The request is too long for the model "${model}" at ${host}${given}${
    quoteReason(said, secrets)
  }. Split the cell, ` +
    "give the model a larger context, or use one that has it.";
}
