/**
 * Keeps what a server says in an error response. The openai package passes on the field `error` of a JSON body, and loses what
 * stands beside it, or all of a body that is a JSON text. It also reads bodies without end.
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
 * Does what `fetch` does, and rewrites the body of a response that is no answer, a redirect too, so that the package loses nothing of
 * what it says. No more than {@linkcode MAX_REASON_BYTES} are read of it.
 */
export async function fetchWholeErrors(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await privateFetch(input, init);
  if (response.ok) return response;
  const { text } = await readBoundedText(response, MAX_REASON_BYTES);
  const { status, statusText, headers } = response;
  return new Response(NO_BODY.has(status) ? null : wholeError(text), { status, statusText, headers });
}

/**
 * Writes the body of an error so that its field `error` holds all of it, where the package would lose something, and leaves out what
 * is too long to be a reason.
 *
 * @param body the body as the server sent it
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
