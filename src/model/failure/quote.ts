/**
 * Quotes a server's answer so that it can be shown: short, on one line, and without the API key.
 *
 * @module
 */

import { createRedactor } from "../../options/redactor.ts";
import { readReason } from "./server_reason.ts";
import { MAX_REASON_LENGTH } from "./text_reason.ts";

/** The error object of OpenAI's answers. Other servers leave out fields or send a number as the code. */
export interface ErrorBody {
  /** The description for people. */
  message?: unknown;
  /** The code for programs: `insufficient_quota`. */
  code?: unknown;
  /** The family of the code: `invalid_request_error`. */
  type?: unknown;
  /** The parameter that caused the error: `temperature`. */
  param?: unknown;
}

/** The maximum length of a quote, in characters. */
const QUOTE_LENGTH = 300;

/** Values that are not secret. Servers without keys are used with words like "none", which any message may contain. */
const NO_SECRET = /^(?:.{0,3}|[A-Za-z]{0,7})$/;

/** Replaces a key. */
const HIDDEN_KEY = "[API key]";

/**
 * Texts that look like keys: with the prefixes of OpenAI, Groq, xAI, Hugging Face, Perplexity, NVIDIA and Google, a bearer token, a hash
 * of a key, or a key whose middle is masked.
 */
const KEYS: readonly RegExp[] = [
  /\bsk-(?:[\w*.-]*[\w*])?/g,
  /\b(?:gsk_|hf_|xai-|pplx-|nvapi-|AIza)[\w*-]{20,}/g,
  /(?<=\bbearer )(?=\S*\d)[\w.*+/=~-]{8,}/gi,
  /\b[0-9a-f]{40,}\b/gi,
  /[\w-]*(?:\w\*{3,}|\*{3,}\w)[\w*-]*/g,
];

/** Returns the fields of an error object; an empty object for any other value. */
export function bodyOf(error: unknown): ErrorBody {
  return typeof error === "object" && error !== null ? error : {};
}

/**
 * Quotes the reason that a server gives.
 *
 * @param body the server's answer: a JSON value or a text
 * @param secrets texts to remove from it
 * @returns `: "the reason"`, or an empty text if there is no reason
 */
export function quoteReason(body: unknown, secrets: readonly string[]): string {
  const reason = scrub(readReason(body) ?? "", secrets);
  return reason === "" ? "" : `: "${reason}"`;
}

/** Quotes the request id in a response's headers; `undefined` if there is none. */
export function quoteRequestId(headers: Headers, secrets: readonly string[]): string | undefined {
  const id = headers.get("x-request-id");
  return id === null ? undefined : scrub(id, secrets);
}

/** Makes a text safe and short enough to quote. Removes API keys, also those that are masked in the middle. */
export function scrub(text: string, secrets: readonly string[]): string {
  const redact = createRedactor(secrets.filter((secret) => !NO_SECRET.test(secret)), HIDDEN_KEY);
  const said = redact(text.slice(0, MAX_REASON_LENGTH));
  const safe = KEYS.reduce((said, key) => said.replaceAll(key, HIDDEN_KEY), said)
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .replace(/\.$/, "");
  return safe.length <= QUOTE_LENGTH ? safe : `${safe.slice(0, QUOTE_LENGTH).toWellFormed()}...`;
}
