/**
 * Quotes what a server said in a way that is fit to be shown: short, on one line, and without the API key.
 *
 * @module
 */

import { createRedactor } from "../options/redactor.ts";

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

/** The fields of an error object, none if it is something else. */
export function bodyOf(error: unknown): ErrorBody {
  return typeof error === "object" && error !== null ? error : {};
}

/**
 * Quotes the message of an HTTP error: of its error object, or the title of its web page.
 *
 * @returns `: "the message"`, or nothing where there is no message
 */
export function quoteBody({ error, message }: { error: unknown; message: string }, apiKey: string): string {
  const said = typeof error === "string" ? error : bodyOf(error).message;
  if (typeof said === "string" && said !== "") return `: "${scrub(said, apiKey)}"`;
  const page = message.indexOf("<");
  return page === -1 ? "" : quoteTitle(message.slice(page), apiKey);
}

/** Quotes the message of an error object that came as a JSON text; nothing if it is none. */
export function quoteJson(json: string, apiKey: string): string {
  try {
    const { error, message } = JSON.parse(json);
    const said = bodyOf(error).message ?? error ?? message;
    return typeof said === "string" ? `: "${scrub(said, apiKey)}"` : "";
  } catch {
    return "";
  }
}

/** Quotes the title of a web page; nothing if it has none. */
export function quoteTitle(html: string, apiKey: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1].trim();
  return title ? `: "${scrub(title, apiKey)}"` : "";
}

/** Quotes the id that a server gave to a request; nothing if it gave none. */
export function quoteRequestId(headers: Headers, apiKey: string): string | undefined {
  const id = headers.get("x-request-id");
  return id === null ? undefined : scrub(id, apiKey);
}

/** Makes a text safe and short enough to be quoted. API keys go even where only their ends are shown. */
export function scrub(text: string, apiKey: string): string {
  const safe = createRedactor(NO_SECRET.test(apiKey) ? [] : [apiKey], HIDDEN_KEY)(text)
    .replaceAll(/\bsk-[\w*-]+/g, HIDDEN_KEY)
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "");
  return safe.length <= QUOTE_LENGTH ? safe : `${safe.slice(0, QUOTE_LENGTH)}...`;
}
