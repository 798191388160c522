/**
 * Says what an evaluation will cost before it begins, and wants a word for more than a little.
 *
 * @module
 */

import { ConfigurationError } from "../../src/errors.ts";
import { dollarsFor, formatDollars, type Price } from "../../src/execution/price.ts";
import type { UsageTotal } from "../../src/execution/usage_meter.ts";
import { counted } from "../../src/terminal/counted.ts";
import { count } from "../report/figures.ts";

/** What is spent without `--yes` where a price is given, in dollars. */
export const MOST_DOLLARS = 1;

/** What is spent without `--yes` where none is given, in tokens: a dollar's worth at 0.40 dollars a million, as small models cost. */
export const MOST_TOKENS = 2_500_000;

/**
 * Describes an estimate, for stderr.
 *
 * @param estimate the requests that are still to be sent
 * @param price what they cost. Default: not known
 * @param consent whether any cost is agreed to
 * @returns a line, with a newline at its end
 * @throws {ConfigurationError} it is more than a little, and not agreed to
 */
export function requireConsent(estimate: UsageTotal, price: Price | undefined, consent: boolean): string {
  const { requests, input, output } = estimate;
  const cost = price === undefined ? undefined : dollarsFor(estimate, price);
  const sum = `${counted(requests, "request")}, ${count(rounded(input))} tokens in and ${count(rounded(output))} out` +
    (cost === undefined ? "" : `, ${formatDollars(cost)} if the server has none of them cached`);
  const limit = cost === undefined ? `${count(MOST_TOKENS)} tokens` : formatDollars(MOST_DOLLARS);
  const isLittle = cost === undefined ? input + output <= MOST_TOKENS : cost <= MOST_DOLLARS;
  if (isLittle || consent) return `About ${sum}.\n`;
  const inDollars = cost === undefined ? ", --price IN,CACHED,OUT to count in dollars" : "";
  throw new ConfigurationError([{
    message:
      `this takes about ${sum}, which is more than ${limit}: give --sample N to ask for fewer cells${inDollars}, ` +
      "or --yes to spend it",
  }]);
}

/** An estimate is good for two digits. */
function rounded(tokens: number): number {
  return Number(tokens.toPrecision(2));
}
