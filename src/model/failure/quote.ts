/**
 * Quotes what a server said in a way that is fit to be shown: short, on one line, and without the API key.
 *
 * @module
 */

import { createRedactor } from "../../options/redactor.ts";
import { readReason } from "./server_reason.ts";
import { MAX_REASON_LENGTH } from "./text_reason.ts";

/** The error object of OpenAI's answers; other servers leave fields out or give a number for the code. */
export interface ErrorBody {
  /** What went wrong, for people. */
  message?: unknown;
  /** What went wrong, for programs: `insufficient_quota`. */
  code?: unknown;
  /** The family of the code: `invalid_request_error`. */
  type?: unknown;
  /** The parameter that is at fault: `temperature`. */
  param?: unknown;
}

/** The most characters of a server's message that are quoted. */
const QUOTE_LENGTH = 300;

/** What is no secret: servers without keys are given words like "none", which may stand in any message. */
const NO_SECRET = /^(?:.{0,3}|[A-Za-z]{0,7})$/;

/** What stands in a key's place. */
const HIDDEN_KEY = "[API key]";

/**
 * What looks like a key: by the prefixes of OpenAI, Groq, xAI, Hugging Face, Perplexity, NVIDIA and Google, a bearer token, a hash of a
 * key, or a key whose middle is masked.
 */
const KEYS: readonly RegExp[] = [
  /\bsk-(?:[\w*.-]*[\w*])?/g,
  /\b(?:gsk_|hf_|xai-|pplx-|nvapi-|AIza)[\w*-]{20,}/g,
  /(?<=\bbearer )(?=\S*\d)[\w.*+/=~-]{8,}/gi,
  /\b[0-9a-f]{40,}\b/gi,
  /[\w-]*(?:\w\*{3,}|\*{3,}\w)[\w*-]*/g,
];

/** The fields of an error object, none if it is something else. */
export function bodyOf(error: unknown): ErrorBody {
  return typeof error === "object" && error !== null ? error : {};
}

/**
 * Quotes the reason that a server gives.
 *
 * @param body what it sent: a JSON value or a text
 * @param secrets taken out of it
 * @returns `: "the reason"`, or nothing where it gives none
 */
export function quoteReason(body: unknown, secrets: readonly string[]): string {
  const reason = scrub(readReason(body) ?? "", secrets);
  return reason === "" ? "" : `: "${reason}"`;
}

/** Quotes the id that a server gave to a request; nothing if it gave none. */
export function quoteRequestId(headers: Headers, secrets: readonly string[]): string | undefined {
  const id = headers.get("x-request-id");
  return id === null ? undefined : scrub(id, secrets);
}

/** Makes a text safe and short enough to be quoted. API keys go even where only their ends are shown. */
export function scrub(text: string, secrets: readonly string[]): string {
  const redact = createRedactor(secrets.filter((secret) => !NO_SECRET.test(secret)), HIDDEN_KEY);
  const said = redact(text.slice(0, MAX_REASON_LENGTH));
  const safe = KEYS.reduce((said, key) => said.replaceAll(key, HIDDEN_KEY), said)
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .replace(/\.$/, "");
  return safe.length <= QUOTE_LENGTH ? safe : `${safe.slice(0, QUOTE_LENGTH).toWellFormed()}...`;
}
