/**
 * Counts the tokens of a request with OpenAI's tokenizer.
 *
 * @module
 */

import { hasTools } from "../strict_model/chat_request.ts";
import { type Fields, isFields } from "../strict_model/fields.ts";

export type CountTokens = (text: string) => number;

/** The tokens that mark the beginning, the role and the end of a turn in a chat template. */
const TOKENS_PER_TURN = 4;

/** Loads OpenAI's tokenizer of 2024, o200k_base. It has 2 MB and only models with a limited context need it. */
export async function loadTokenizer(): Promise<CountTokens> {
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  const plainText = { disallowedSpecial: new Set<string>() };
  return (text) => countTokens(text, plainText);
}

/** Counts the tokens of a request's tools. */
export function countTools(body: Fields, count: CountTokens): number {
  return hasTools(body) ? count(JSON.stringify(body.tools)) : 0;
}

/** Counts the tokens of a turn: of a message, or of an item of the Responses interface. */
export function countTurn(turn: unknown, count: CountTokens): number {
  return TOKENS_PER_TURN + count(textOf(turn));
}

/** Selects the parts of a turn that a model sees: its content, calls and their results. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join("\n");
  if (!isFields(value)) return "";
  const { text, content, tool_calls, function: called, name, arguments: args, output } = value;
  return [text, content, tool_calls, called, name, args, output].map(textOf).filter((part) => part !== "").join("\n");
}
