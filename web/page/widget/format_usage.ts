/**
 * Formats the cost of cells.
 *
 * @module
 */

import { formatDollars } from "../../../src/execution/price.ts";
import type { UsageTotal } from "../../../src/execution/usage_meter.ts";

/** For example `812`, `4.2k`, `1.3M`. The numbers are estimates if the server does not count. */
export function formatTokens(tokens: number): string {
  if (tokens < 1_000) return String(tokens);
  if (tokens < 1_000_000) return `${(tokens / 1_000).toFixed(1)}k`;
  return `${(tokens / 1_000_000).toFixed(1)}M`;
}

/** Formats a cost: `$0.0042`, or `4.2k tok` if the price is unknown. `undefined` if no tokens were used. */
export function formatSpent({ input, output, cost }: UsageTotal): string | undefined {
  if (input + output === 0) return undefined;
  return cost === undefined ? `${formatTokens(input + output)} tok` : formatDollars(cost);
}

/** For example `2 requests, 1,234 tokens in (1,024 cached), 56 out`. */
export function describeTokens({ requests, input, cachedInput, output }: UsageTotal): string {
  return `${count(requests)} ${requests === 1 ? "request" : "requests"}, ${count(input)} tokens in (${
    count(cachedInput)
  } cached), ${count(output)} out`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
