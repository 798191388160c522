/**
 * The prices of the models that the documentation names, at OpenAI's own server.
 *
 * From OpenAI's price list of 29 November 2026 (https://developers.openai.com/api/docs/pricing), for the standard service tier. Other
 * servers may have a model of the same name at another price. The costs do not include two surcharges for gpt-6-luna: for writing to the
 * cache (a quarter of the input's price), and for requests with more than 272,000 tokens.
 *
 * @module
 */

import type { Price } from "../execution/price.ts";
import { isOpenAI } from "./model_server.ts";

/** Dollars per million tokens, by model: input, cached input, output. */
const PRICES: Readonly<Record<string, readonly [input: number, cachedInput: number, output: number]>> = {
  "gpt-4o-mini": [0.15, 0.075, 0.6],
  "gpt-4o": [2.5, 1.25, 10],
  "gpt-4.1": [2, 0.5, 8],
  "gpt-4.1-mini": [0.4, 0.1, 1.6],
  "gpt-4.1-nano": [0.1, 0.025, 0.4],
  "o4-mini": [1.1, 0.275, 4.4],
  "gpt-5": [1.25, 0.125, 10],
  "gpt-5-mini": [0.25, 0.025, 2],
  "gpt-5-nano": [0.05, 0.005, 0.4],
  "gpt-6-luna": [0.1, 0.01, 0.5],
};

/** The date in the name of a snapshot, which has the same price as its model. */
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;

/** A snapshot that costs more than its model. */
const MORE_EXPENSIVE = "gpt-4o-2024-05-13";

/** A model whose price is looked up. */
export interface PricedModel {
  /** The price in the settings, which is used for any model. */
  price?: Price;
  /** The model's name, as its server knows it. */
  model: string;
  baseUrl: string;
}

/** Finds the price of a model's tokens; `undefined` if it is not known. A local server is not assumed to be free. */
export function priceOf({ price, model, baseUrl }: PricedModel): Price | undefined {
  if (price !== undefined) return price;
  if (!isOpenAI(baseUrl) || model === MORE_EXPENSIVE) return undefined;
  const name = model.replace(SNAPSHOT, "");
  if (!Object.hasOwn(PRICES, name)) return undefined;
  const [input, cachedInput, output] = PRICES[name];
  return { input, cachedInput, output };
}
