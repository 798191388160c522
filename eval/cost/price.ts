/**
 * What a model's tokens cost.
 *
 * @module
 */

import type { UsageTotal } from "../../src/execution/usage_meter.ts";
import type { OptionKind } from "../../src/options/option_kind.ts";

/** The price of tokens, in dollars a million. */
export interface Price {
  /** Tokens that are sent. */
  input: number;
  /** Tokens that are sent and that the provider's prompt cache has. */
  cachedInput: number;
  /** Tokens that are answered. */
  output: number;
}

/** How many tokens a price is for. */
const TOKENS = 1_000_000;

/** Reads `0.15,0.60` (in, out) or `0.15,0.60,0.075` (in, out, cached); cached tokens cost what others do, unless the third number says. */
export const priceKind: OptionKind<Price> = {
  expected: "IN,OUT or IN,OUT,CACHED, each in dollars a million tokens, as in 0.15,0.60",
  read(value) {
    const numbers = String(value).split(",").map((part) => part.trim());
    if (numbers.length < 2 || numbers.length > 3 || !numbers.every((text) => /^\d*\.?\d+$/.test(text))) {
      return undefined;
    }
    const [input, output, cachedInput = input] = numbers.map(Number);
    return { input, cachedInput, output };
  },
};

/** Computes what requests cost, in dollars. */
export function dollarsFor({ input, cachedInput, output }: Omit<UsageTotal, "requests">, price: Price): number {
  const cached = Math.min(cachedInput, input);
  return ((input - cached) * price.input + cached * price.cachedInput + output * price.output) / TOKENS;
}
