/**
 * What a model's tokens cost.
 *
 * @module
 */

import type { TokenUsage } from "./model.ts";

/**
 * The price of tokens, in dollars a million.
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
  /** Tokens that are sent. */
  input: number;
  /** Tokens that are sent and that the provider's prompt cache has. */
  cachedInput: number;
  /** Tokens that are answered, those of the model's reasoning included. */
  output: number;
}

/** How many tokens a price is for. */
const TOKENS = 1_000_000;

/** The decimals of a cost: a token of the cheapest model costs a hundred-millionth of a dollar. */
const DECIMALS = 9;

/** The least cost that is written in figures, in dollars. */
const LEAST = 0.0001;

/** Computes what tokens cost, in dollars, to a billionth. */
export function dollarsFor({ input, cachedInput, output }: TokenUsage, price: Price): number {
  const cached = Math.min(cachedInput, input);
  const cost = ((input - cached) * price.input + cached * price.cachedInput + output * price.output) / TOKENS;
  return Number(cost.toFixed(DECIMALS));
}

/** Writes a cost: `$12.40`, `$0.18`; less than a cent in two digits, `$0.0042`; and what is next to nothing as `<$0.0001`. */
export function formatDollars(dollars: number): string {
  if (dollars === 0 || dollars >= 0.01) return `$${dollars.toFixed(2)}`;
  return dollars < LEAST ? `<$${LEAST}` : `$${Number(dollars.toPrecision(2))}`;
}
