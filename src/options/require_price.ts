/**
 * Refuses a limit in dollars where it is not known what the model costs.
 *
 * @module
 */

import { ConfigurationError, type ConfigurationIssue } from "../errors.ts";
import type { Price } from "../execution/price.ts";
import { describeUnpriced, type Wording } from "./issue_wording.ts";
import { type PricedModel, priceOf } from "./model_prices.ts";

/** A model, and the dollars that may be spent on it; 0 is no limit. */
export type LimitedModel = PricedModel & { maxCostPerSession: number };

/** Describes what is missing; nothing where the cost has no limit, or the price is known. */
export function findMissingPrice(limited: LimitedModel, wording: Wording): ConfigurationIssue | undefined {
  if (limited.maxCostPerSession === 0 || priceOf(limited) !== undefined) return undefined;
  return { option: "price", message: describeUnpriced(limited, wording) };
}

/**
 * Finds what a model's tokens cost.
 *
 * @returns nothing where that is not known
 * @throws {ConfigurationError} it is not known, and the cost has a limit
 */
export function requirePrice(limited: LimitedModel, wording: Wording): Price | undefined {
  const issue = findMissingPrice(limited, wording);
  if (issue !== undefined) throw new ConfigurationError([issue]);
  return priceOf(limited);
}
