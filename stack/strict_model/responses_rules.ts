/**
 * Checks the body of a request as the server of OpenAI's Responses interface does, with the same errors.
 *
 * Sources: https://platform.openai.com/docs/api-reference/responses/create and reported errors of the server. The
 * parameters that clients of function tools send are checked. Of the others, only the names are checked.
 *
 * @module
 */

import { type Fields, isFields, isGiven } from "./fields.ts";
import { allowOnly, checkLength } from "./responses_fields.ts";
import type { OpenaiRefusal } from "./openai_refusal.ts";
import { checkItems } from "./responses_items.ts";
import { checkCapabilities, EFFORTS } from "./responses_models.ts";
import { invalidType, invalidValue, missingParameter, RefusedRequest, unknownParameter } from "./responses_refusal.ts";
import { checkTools } from "./responses_tools.ts";

/** Every parameter of a request. */
const PARAMETERS = [
  "background",
  "context_management",
  "conversation",
  "frequency_penalty",
  "include",
  "input",
  "instructions",
  "max_output_tokens",
  "max_tool_calls",
  "metadata",
  "model",
  "moderation",
  "parallel_tool_calls",
  "presence_penalty",
  "previous_response_id",
  "prompt",
  "prompt_cache_key",
  "prompt_cache_options",
  "prompt_cache_retention",
  "reasoning",
  "safety_identifier",
  "service_tier",
  "store",
  "stream",
  "stream_options",
  "temperature",
  "text",
  "tool_choice",
  "tools",
  "top_logprobs",
  "top_p",
  "truncation",
  "user",
];

/** Parameters of chat completions that have another name here. */
const MOVED: Record<string, string> = {
  messages: "input",
  reasoning_effort: "reasoning.effort",
  max_completion_tokens: "max_output_tokens",
  response_format: "text.format",
};

/** The values of `include`. */
const INCLUDABLE = [
  "file_search_call.results",
  "web_search_call.results",
  "web_search_call.action.sources",
  "message.input_image.image_url",
  "computer_call_output.output.image_url",
  "code_interpreter_call.outputs",
  "reasoning.encrypted_content",
  "message.output_text.logprobs",
];

const SUMMARIES = ["concise", "detailed", "auto"];

/** Returns the server's refusal; `undefined` if it accepts the request. */
export function refuseResponsesRequest(body: unknown): OpenaiRefusal | undefined {
  try {
    checkRequest(body);
  } catch (error) {
    if (error instanceof RefusedRequest) return error.refusal;
    throw error;
  }
}

/**
 * The checks are in the server's order: first missing parameters, then names, then values, then the abilities of the
 * model.
 */
function checkRequest(body: unknown): void {
  if (!isFields(body)) throw new RefusedRequest("We could not parse the JSON body of your request.");
  const { model, input, include, tools, reasoning, prompt_cache_key, store } = body;
  if (model === undefined) throw missingParameter("model");
  if (typeof model !== "string") throw invalidType("model", "a string", model);
  checkNames(body);
  if (input === undefined) throw missingParameter("input");
  if (Array.isArray(input)) checkItems(input, store !== false);
  else if (typeof input !== "string") throw invalidType("input", "one of a string or array of input items", input);
  const included = checkInclude(include);
  if (tools !== undefined) checkTools(tools);
  for (const name of ["temperature", "top_p"]) checkType(body, name, "number", "a decimal");
  for (const name of ["parallel_tool_calls", "stream", "store"]) checkType(body, name, "boolean", "a boolean");
  const effort = checkReasoning(reasoning);
  checkType(body, "prompt_cache_key", "string", "a string");
  if (typeof prompt_cache_key === "string") checkLength(prompt_cache_key, "prompt_cache_key");
  if (input.length === 0) {
    throw new RefusedRequest(
      "One of \"input\" or \"previous_response_id\" or 'prompt' or 'conversation' must be provided.",
      null,
      "missing_required_parameter",
    );
  }
  checkCapabilities({
    model,
    effort,
    encrypted: included.includes("reasoning.encrypted_content"),
    sampling: ["temperature", "top_p"].filter((name) => isGiven(body[name])),
  });
}

function checkNames(body: Fields): void {
  for (const name of Object.keys(body)) {
    if (Object.hasOwn(MOVED, name)) {
      const message = `Unsupported parameter: '${name}'. In the Responses API, this parameter has moved to ` +
        `'${MOVED[name]}'. Try again with the new parameter. See the API documentation for more information: ` +
        "https://platform.openai.com/docs/api-reference/responses/create.";
      throw new RefusedRequest(message, name === "messages" ? null : name, "unsupported_parameter");
    }
    if (!PARAMETERS.includes(name)) throw unknownParameter(name);
  }
}

function checkInclude(include: unknown): string[] {
  if (!isGiven(include)) return [];
  if (!Array.isArray(include)) throw invalidType("include", "an array of strings", include);
  for (const [index, value] of include.entries()) {
    if (!INCLUDABLE.includes(value)) throw invalidValue(`include[${index}]`, value, INCLUDABLE);
  }
  return include;
}

/** @returns `reasoning.effort` */
function checkReasoning(reasoning: unknown): string | undefined {
  if (!isGiven(reasoning)) return undefined;
  if (!isFields(reasoning)) throw invalidType("reasoning", "an object", reasoning);
  const { effort, summary } = reasoning;
  allowOnly(reasoning, ["effort", "summary", "mode", "context"], "reasoning");
  if (isGiven(summary) && !SUMMARIES.includes(String(summary))) {
    throw invalidValue("reasoning.summary", summary, SUMMARIES);
  }
  if (!isGiven(effort)) return undefined;
  if (typeof effort !== "string" || !EFFORTS.includes(effort)) throw invalidValue("reasoning.effort", effort, EFFORTS);
  return effort;
}

function checkType(body: Fields, name: string, type: string, expected: string): void {
  const value = body[name];
  if (isGiven(value) && typeof value !== type) throw invalidType(name, expected, value);
}
