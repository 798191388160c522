/**
 * What a notebook has cost since it was made.
 *
 * @module
 */

import { formatDollars } from "../../../src/execution/price.ts";
import type { NotebookUsage } from "../api/api.ts";
import { describeTokens, formatTokens } from "../widget/format_usage.ts";

/** Draws the tokens, and the dollars where the price is known; nothing before anything was spent. */
export function Spent({ total }: Pick<NotebookUsage, "total">) {
  const { cells, input, output, cost, unpriced } = total;
  const tokens = input + output;
  if (tokens === 0) return null;
  const rest = cost !== undefined && unpriced > 0 ? ` The price of ${formatTokens(unpriced)} tokens is not known.` : "";
  const detail = `${cells.toLocaleString("en")} cells run: ${describeTokens(total)}.${rest}`;
  return (
    <span className="tokens" title={detail}>
      {formatTokens(tokens)} tokens{cost === undefined ? null : ` · ${formatDollars(cost)}`}
      {rest === "" ? null : "+"}
    </span>
  );
}
