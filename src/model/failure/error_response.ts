/**
 * Keeps the reason in an error response. The openai package returns only the field `error` of a JSON body. It loses the fields beside
 * it, or the whole body if that is a JSON string. It also reads bodies of any size.
 *
 * @module
 */

import { isPlainObject } from "../../media/json_value.ts";
import { MAX_REASON_BYTES, readBoundedText } from "../../read_bounded_text.ts";
import { privateFetch } from "../../telemetry/private_fetch.ts";
import { shortError } from "./short_error.ts";
import { MAX_REASON_LENGTH } from "./text_reason.ts";

/** The statuses of responses that have no body. */
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * Fetches, and rewrites the body of an error or a redirect so that the openai package does not lose any part of it. Reads at most
 * {@linkcode MAX_REASON_BYTES} of such a body.
 */
export async function fetchWholeErrors(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await privateFetch(input, init);
  if (response.ok) return response;
  const { text } = await readBoundedText(response, MAX_REASON_BYTES);
  const { status, statusText, headers } = response;
  return new Response(NO_BODY.has(status) ? null : wholeError(text), { status, statusText, headers });
}

/**
 * Rewrites the body of an error. If the openai package would lose a part of it, the whole body goes into the field `error`. Texts that
 * are too long for a reason are shortened.
 */
export function wholeError(body: string): string {
  const value = shortError(parse(body) ?? parse(/^data: ?(\{.*\})\s*$/m.exec(body)?.[1] ?? ""));
  if (typeof value === "string") return JSON.stringify({ error: value });
  if (!isPlainObject(value)) return body.slice(0, MAX_REASON_LENGTH);
  const { error, ...others } = value;
  const isLost = (typeof error !== "object" && Object.keys(others).length > 0) || error === undefined || error === null;
  return JSON.stringify(isLost ? { error: value } : value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
