/**
 * Keeps all that a server says in an error response. The openai package passes on the field `error` of a JSON body, and loses what
 * stands beside it, or all of a body that is a JSON text.
 *
 * @module
 */

import { isPlainObject } from "../../media/json_value.ts";

/** Does what `fetch` does, and writes the body of an error response so that nothing of it is lost. */
export async function fetchWholeErrors(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (response.status < 400) return response;
  const text = await response.text();
  const { status, statusText, headers } = response;
  return new Response(wholeError(text), { status, statusText, headers });
}

/**
 * Writes the body of an error so that its field `error` holds all of it, where the package would lose something.
 *
 * @param body the body as the server sent it
 */
export function wholeError(body: string): string {
  const value = parse(body) ?? parse(/^data: ?(\{.*\})\s*$/m.exec(body)?.[1] ?? "");
  if (typeof value === "string") return JSON.stringify({ error: value });
  if (!isPlainObject(value)) return body;
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
