/**
 * Checks that the price of the model is known if there is a limit in dollars.
 *
 * @module
 */

import type { ConfigurationIssue } from "../errors.ts";
import { describeUnpriced, type Wording } from "./issue_wording.ts";
import { type PricedModel, priceOf } from "./model_prices.ts";

/**
 * Looks for the price of a model whose cost is limited.
 *
 * @param limited the model, and the dollars that may be spent on it; 0 is no limit
 * @returns the issue; `undefined` if the cost has no limit, or the price is known
 */
export function findMissingPrice(
  limited: PricedModel & { maxCostPerSession: number },
  wording: Wording,
): ConfigurationIssue | undefined {
  if (limited.maxCostPerSession === 0 || priceOf(limited) !== undefined) return undefined;
  return { option: "price", message: describeUnpriced(limited, wording) };
}
