/**
 * The cost of a notebook since it was created.
 *
 * @module
 */

import { formatDollars } from "../../../src/execution/price.ts";
import type { NotebookUsage } from "../api/api.ts";
import { describeTokens, formatTokens } from "../widget/format_usage.ts";

/** Renders the tokens, and the dollars if the price is known. Renders nothing before the first token is used. */
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
