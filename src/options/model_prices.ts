/**
 * The prices of the models that the documentation names, at OpenAI's own server.
 *
 * As OpenAI's list had them on 29 November 2026 (https://developers.openai.com/api/docs/pricing), for the standard service tier. Other
 * servers may have a model of such a name at another price. Not in it, and so not in a cost: what OpenAI adds for gpt-6-luna where it
 * writes to its cache (a quarter of the input's price) and beyond 272,000 tokens of a request.
 *
 * @module
 */

import type { Price } from "../execution/price.ts";
import { isOpenAI } from "./model_server.ts";

/** Dollars a million tokens, by model: in, cached, out. */
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

/** The date in the name of a snapshot, which costs what its model does. */
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;

/** A snapshot that costs more than its model. */
const DEARER = "gpt-4o-2024-05-13";

/** What a price depends on. */
export interface PricedModel {
  /** The price that was given, which counts whatever the model. */
  price?: Price;
  /** The model's name, as its server knows it. */
  model: string;
  /** The address of its server. */
  baseUrl: string;
}

/** Finds what a model's tokens cost; nothing where that is not known. A server of one's own is not taken to cost nothing. */
export function priceOf({ price, model, baseUrl }: PricedModel): Price | undefined {
  if (price !== undefined) return price;
  if (!isOpenAI(baseUrl) || model === DEARER) return undefined;
  const name = model.replace(SNAPSHOT, "");
  if (!Object.hasOwn(PRICES, name)) return undefined;
  const [input, cachedInput, output] = PRICES[name];
  return { input, cachedInput, output };
}
