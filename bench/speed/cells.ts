/**
 * The cells of the bench, and a perfect model's answers to them.
 *
 * @module
 */

import type { ModelCall } from "./paced_model.ts";

/** An approximation. */
const TOKEN_CHARACTERS = 4;

export interface BenchCell {
  /** The name in the table. */
  name: string;
  source: string;
  /** The name of the event that carries its outputs. */
  outputEvent: string;
  /** The output, if that is text on stdout, and its number of tokens. */
  tokens: number;
}

/** A cell whose value is one word. */
export const SUM: BenchCell = {
  name: "2 + 3",
  source: "2 + 3",
  outputEvent: "v1.MultimediaResultOutputAdded",
  tokens: 0,
};

/** A cell that prints this many tokens. */
export function printing(tokens: number): BenchCell {
  return {
    name: `print of ${tokens} tokens`,
    source: `print_tokens(${tokens})`,
    outputEvent: "v1.TerminalOutputAdded",
    tokens,
  };
}

/** The text that a cell prints, with different lines. */
export function printed(tokens: number): string {
  const lines = Array.from({ length: tokens }, (_, line) => `${line} ${line ** 2}\n`);
  return lines.join("").slice(0, tokens * TOKEN_CHARACTERS);
}

export function callFor(turn: string): ModelCall {
  const tokens = /print_tokens\((\d+)\)/.exec(turn)?.[1];
  return tokens === undefined
    ? { name: "execute_result", args: JSON.stringify({ data: { "text/plain": "5" } }) }
    : { name: "stdout", args: JSON.stringify({ text: printed(Number(tokens)) }) };
}
