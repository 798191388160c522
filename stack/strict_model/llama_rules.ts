/**
 * The rules of llama.cpp's server with the chat template of Llama 3.1 to 3.3, as observed.
 *
 * @module
 */

import { callsOf, messagesOf, type Rule } from "./chat_request.ts";

/**
 * More than one tool call in a turn. The message ends with the template's own message. Recent builds (b11669) answer
 * with the status 400, others with 500, where only the message distinguishes this refusal from a failure of the
 * server.
 */
const severalCallsInATurn: Rule = (body) => {
  if (messagesOf(body).every((message) => callsOf(message).length <= 1)) return undefined;
  const message = [
    "Unable to generate parser for this template. Automatic parser generation failed: ",
    "------------",
    "While executing CallExpression at line 71, column 32 in source:",
    '... == 1 %}↵            {{- raise_exception("This model only supports single tool-c...',
    "                                           ^",
    "Error: Jinja Exception: This model only supports single tool-calls at once!",
  ].join("\n");
  return { status: 500, body: { error: { code: 500, message, type: "server_error" } } };
};

/** Parameters that the server does not know are ignored. */
export const llamaRules: readonly Rule[] = [severalCallsInATurn];
