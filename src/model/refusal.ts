/**
 * Reads an error as a refusal of the request.
 *
 * @module
 */

import { bodyOf } from "./failure/quote.ts";
import { isRefusedOutput } from "./refused_output.ts";

/** A server's refusal of a request. */
export interface Refusal {
  status: number;
  /** The parameter that the server blames. */
  param?: string;
  /** The whole answer: messages and JSON. Servers put their reason into different places. */
  text: string;
}

/** The statuses of refusals. Some servers answer 500 with an error of a chat template, or 501 for a feature that they lack. */
const REFUSING = new Set([400, 404, 405, 415, 422, 500, 501]);

/** Found in a 5xx answer that is about the request and not about the server. */
const ABOUT_THE_REQUEST =
  /jinja|template|raise_exception|unsupported|not supported|does not support|only supports|unknown param|roles must alternate/i;

/** The fields that name the family of an error. A value such as `invalid_request_error` must not look like a reason. */
const LABELS = new Set(["type", "code", "status", "object"]);

/** A replacer for `JSON.stringify` that leaves out fields without a reason: labels, and fields such as `"param":null`. */
function reasonsOnly(key: string, value: unknown): unknown {
  return value === null || LABELS.has(key) ? undefined : value;
}

/** Returns `undefined` if the error of the openai package is not a refusal. */
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
