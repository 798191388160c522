/**
 * A refusal of a request, in the words of the server.
 *
 * @module
 */

import { bodyOf } from "./failure/quote.ts";
import { isRefusedOutput } from "./refused_output.ts";

/** What a server said when it refused a request. */
export interface Refusal {
  /** The HTTP status. */
  status: number;
  /** The parameter that it names as the one at fault. */
  param?: string;
  /** All that it said: messages and JSON. Servers put their reason into different places. */
  text: string;
}

/** The statuses of servers that refuse what a request says. Some answer 500 with the error of a chat template, or 501 for what they lack. */
const REFUSING = new Set([400, 404, 405, 415, 422, 500, 501]);

/** What a server says in a 5xx that is about the request and not about the server. */
const ABOUT_THE_REQUEST =
  /jinja|template|raise_exception|unsupported|not supported|does not support|only supports|unknown param|roles must alternate/i;

/** The fields that name the family of an error: `invalid_request_error` must not look like a reason. */
const LABELS = new Set(["type", "code", "status", "object"]);

/** Leaves out of a JSON value what says nothing about the reason: labels, and fields such as `"param":null`. */
function reasonsOnly(key: string, value: unknown): unknown {
  return value === null || LABELS.has(key) ? undefined : value;
}

/**
 * Reads an error as a refusal of the request.
 *
 * @param error what the openai package threw
 * @returns nothing when the failure is of another kind
 */
export function readRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  const { status } = error;
  if (!REFUSING.has(status)) return undefined;
  const said = "error" in error ? error.error : undefined;
  if (isRefusedOutput({ error: said, message: error.message })) return undefined;
  const text = said === undefined || said === null
    ? error.message
    : `${error.message} ${JSON.stringify(said, reasonsOnly)}`;
  if (status >= 500 && !ABOUT_THE_REQUEST.test(text)) return undefined;
  const { param } = bodyOf(said);
  return { status, text, ...(typeof param === "string" ? { param } : {}) };
}
