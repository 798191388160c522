/**
 * Quotes what a server said in a way that is fit to be shown: short, on one line, and without the API key.
 *
 * @module
 */

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

/** The fewest characters of a secret. Servers without keys are given words like "none", which may stand in any message. */
const SECRET_LENGTH = 8;

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

/** Makes a text safe and short enough to be quoted. API keys go even where only their ends are shown. */
export function scrub(text: string, apiKey: string): string {
  const safe = (apiKey.length < SECRET_LENGTH ? text : text.replaceAll(apiKey, "[API key]"))
    .replaceAll(/\bsk-[\w*-]+/g, "[API key]")
    .replaceAll(/\s+/g, " ")
    .trim()
    .replace(/\.$/, "");
  return safe.length <= QUOTE_LENGTH ? safe : `${safe.slice(0, QUOTE_LENGTH)}...`;
}
