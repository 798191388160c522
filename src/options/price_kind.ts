/**
 * The kind of option value that is a price of tokens.
 *
 * @module
 */

import type { Price } from "../execution/price.ts";
import type { OptionKind } from "./option_kind.ts";

/** Digits, with a decimal point or without. */
const NUMBER = /^(?:\d+\.?\d*|\.\d+)$/;

/**
 * Reads `0.15,0.075,0.60` (input, cached input, output), or `0.15,0.60` (input, output), where cached tokens cost the same. Rejects a price
 * at which cached tokens cost more than others. No server has such a price, so the numbers must be in the wrong order.
 */
export const priceKind: OptionKind<Price> = {
  expected: "IN,CACHED,OUT in dollars per million tokens, as in 0.15,0.075,0.60, with CACHED not above IN, or IN,OUT",
  read(value) {
    const price = typeof value === "string" ? parse(value) : given(value);
    return price !== undefined && price.cachedInput <= price.input ? price : undefined;
  },
  write: ({ input, cachedInput, output }) => [input, cachedInput, output].join(","),
};

function parse(text: string): Price | undefined {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.length < 2 || parts.length > 3 || !parts.every((part) => NUMBER.test(part))) return undefined;
  const [input, ...others] = parts.map(Number);
  const [cachedInput, output] = others.length === 1 ? [input, others[0]] : others;
  return { input, cachedInput, output };
}

/** Reads a price that a program passes as an object. */
function given(value: unknown): Price | undefined {
  const { input, cachedInput, output }: Partial<Record<keyof Price, unknown>> = Object(value);
  const price = { input, cachedInput, output };
  const isPrice = Object.values(price).every((number) => Number.isFinite(number) && (number as number) >= 0);
  return isPrice ? price as Price : undefined;
}
