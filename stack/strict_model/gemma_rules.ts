/**
 * The rules of vLLM with Gemma 2: it refuses tools, because no parser for them is configured, and conversations for
 * which the chat template raises an error.
 *
 * @module
 */

import { hasTools, messagesOf, type Refusal, type Rule } from "./chat_request.ts";

/** langchain4j#3475; swiss-ai/model-launch#213 for a Gemma. */
const tools: Rule = (body) => {
  if (!hasTools(body) || body.tool_choice === "none") return undefined;
  return badRequest('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set');
};

/** vllm#2964; the first line of the template. */
const systemRole: Rule = (body) => {
  return messagesOf(body)[0]?.role === "system" ? badRequest("System role not supported") : undefined;
};

/** vllm#6862, adk-python#1373; the template counts turns of every role. */
const rolesAlternate: Rule = (body) => {
  const isAmiss = messagesOf(body).some(({ role }, index) => (role === "user") !== (index % 2 === 0));
  return isAmiss ? badRequest("Conversation roles must alternate user/assistant/user/assistant/...") : undefined;
};

function badRequest(message: string): Refusal {
  return { status: 400, body: { error: { message, type: "BadRequestError", param: null, code: 400 } } };
}

/** In the order in which they are applied. Parameters that vLLM does not know are ignored. */
export const gemmaRules: readonly Rule[] = [tools, systemRole, rolesAlternate];
