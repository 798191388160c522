/**
 * The form in which OpenAI's server refuses a request.
 *
 * @module
 */

import type { Refusal } from "./chat_request.ts";

/**
 * Makes a refusal with the status 400.
 *
 * @param message the server's words
 * @param options the field that is blamed, and OpenAI's code for what is wrong with it
 */
export function openaiRefusal(
  message: string,
  { param = null, code = null }: { param?: string | null; code?: string | null } = {},
): Refusal {
  return { status: 400, body: { error: { message, type: "invalid_request_error", param, code } } };
}
