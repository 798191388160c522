/**
 * Recognizes the error of a server that could not read its own model's output.
 *
 * @module
 */

import { bodyOf } from "./failure/quote.ts";
import { readReason } from "./failure/server_reason.ts";

/** The codes of such errors: Groq's, and those that gateways use for Gemini's. */
const CODES =
  /tool_use_failed|output_parse_failed|malformed_(?:function|tool)_call|tool_call_(?:parse|validation|generation)/i;

/**
 * The messages of such errors: Groq and llama.cpp ("Failed to call a function", "Failed to parse tool call arguments as JSON", "Failed to
 * parse input at pos 4", "does not match the expected peg-native format", "Unexpected empty grammar stack"), SGLang ("Failed to
 * parse fc related info"), Ollama ("error parsing tool call"), OpenAI ("The model produced invalid content"), and vLLM with gpt-oss
 * ("unexpected tokens remaining in message header").
 */
const MESSAGES: readonly RegExp[] = [
  /failed to (?:call a function|(?:parse|generate|decode) (?:a |the )?(?:input|tool|function|fc|model|generated))/i,
  /(?:error|failed|failure)(?: while)? (?:parsing|decoding) (?:a |the )?(?:tool|function|model)/i,
  /tool call validation failed|attempted to call (?:a )?tool/i,
  /(?:tool|function) call\b.{0,200}\bcould not be parsed|generated output that could not be parsed/i,
  /model (?:produced|generated|returned|wrote) (?:an? )?(?:invalid|malformed|unparsable|output that)/i,
  /does not match the expected \S+ format/i,
  /malformed (?:function|tool) call/i,
  /unexpected empty grammar stack/i,
  /unexpected tokens? (?:remaining in message header|\d+ while expecting)/i,
];

/** Whether an error is about the model's own output. The request was valid, and the next answer may be valid too. */
export function isRefusedOutput({ error, message }: { error: unknown; message: string }): boolean {
  const body = bodyOf(error);
  if ("failed_generation" in body || CODES.test(`${body.code} ${body.type}`)) return true;
  const said = `${readReason(error) ?? message} ${body.type ?? ""}`;
  return MESSAGES.some((pattern) => pattern.test(said));
}
