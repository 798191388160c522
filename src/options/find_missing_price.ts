/**
 * Checks that the price of the model is known if there is a limit in dollars.
 *
 * @module
 */

import type { ConfigurationIssue } from "../errors.ts";
import { describeUnpriced, type Wording } from "./issue_wording.ts";
import { type PricedModel, priceOf } from "./model_prices.ts";

/**
 * Returns the issue, or `undefined` if the cost has no limit or the price is known.
 *
 * @param limited the model, and the dollars that may be spent on it; 0 is no limit
 */
export function findMissingPrice(
  limited: PricedModel & { maxCostPerSession: number },
  wording: Wording,
): ConfigurationIssue | undefined {
  if (limited.maxCostPerSession === 0 || priceOf(limited) !== undefined) return undefined;
  return { option: "price", message: describeUnpriced(limited, wording) };
}
