/**
 * Computes the cost of a model's tokens.
 *
 * @module
 */

import type { TokenUsage } from "./model.ts";

/**
 * The price of tokens, in US dollars per million.
 *
 * ```ts
 * import { createModel, InteractiveShell, type Price } from "@runt/aipython-runtime-agent";
 *
 * const price: Price = { input: 0.15, cachedInput: 0.075, output: 0.6 };
 * const shell = new InteractiveShell({ model: await createModel(), price, maxCostPerSession: 0.5 });
 * await shell.runCell("2 + 2");
 * console.log(shell.usage.cost);
 * ```
 */
export interface Price {
  /** Input tokens. */
  input: number;
  /** Input tokens that come from the provider's prompt cache. */
  cachedInput: number;
  /** Output tokens, including those of the model's reasoning. */
  output: number;
}

/** The number of tokens that a price refers to. */
const TOKENS = 1_000_000;

/** The decimals of a cost. A token of the cheapest model costs a hundred-millionth of a dollar. */
const DECIMALS = 9;

/** The smallest cost that is shown as a number, in dollars. */
const LEAST = 0.0001;

/** Computes the cost of tokens in dollars, rounded to a billionth. */
export function dollarsFor({ input, cachedInput, output }: TokenUsage, price: Price): number {
  const cached = Math.min(cachedInput, input);
  const cost = ((input - cached) * price.input + cached * price.cachedInput + output * price.output) / TOKENS;
  return Number(cost.toFixed(DECIMALS));
}

/** Formats a cost: `$12.40`, `$0.18`; less than a cent with two significant digits, `$0.0042`; and very small costs as `<$0.0001`. */
export function formatDollars(dollars: number): string {
  if (dollars === 0 || dollars >= 0.01) return `$${dollars.toFixed(2)}`;
  return dollars < LEAST ? `<$${LEAST}` : `$${Number(dollars.toPrecision(2))}`;
}
