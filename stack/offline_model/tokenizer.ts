/**
 * Counts the tokens of a request as its model would.
 *
 * @module
 */

import { type Fields, hasTools, isFields } from "../strict_model/chat_request.ts";

/** Counts the tokens of a text. */
export type CountTokens = (text: string) => number;

/** The tokens that mark a turn's begin, role and end in a chat template. */
const TOKENS_PER_TURN = 4;

/** Loads OpenAI's tokenizer of 2024, o200k_base: 2 MB, which only a model with a limited context needs. */
export async function loadTokenizer(): Promise<CountTokens> {
  const { countTokens } = await import("gpt-tokenizer/encoding/o200k_base");
  const plainText = { disallowedSpecial: new Set<string>() };
  return (text) => countTokens(text, plainText);
}

/** The tokens of a request's tools. */
export function countTools(body: Fields, count: CountTokens): number {
  return hasTools(body) ? count(JSON.stringify(body.tools)) : 0;
}

/** The tokens of a turn: of a message, or of an item of the Responses interface. */
export function countTurn(turn: unknown, count: CountTokens): number {
  return TOKENS_PER_TURN + count(textOf(turn));
}

/** What a turn tells a model: its content, calls and their results. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(textOf).join("\n");
  if (!isFields(value)) return "";
  const { text, content, tool_calls, function: called, name, arguments: args, output } = value;
  return [text, content, tool_calls, called, name, args, output].map(textOf).filter((part) => part !== "").join("\n");
}
