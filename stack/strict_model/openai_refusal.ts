/**
 * The format of refusals by OpenAI's server.
 *
 * @module
 */

import type { Refusal } from "./chat_request.ts";

/**
 * Makes a refusal with the status 400.
 *
 * @param options the invalid field, and OpenAI's code for the error
 */
export function openaiRefusal(
  message: string,
  { param = null, code = null }: { param?: string | null; code?: string | null } = {},
): Refusal {
  return { status: 400, body: { error: { message, type: "invalid_request_error", param, code } } };
}
