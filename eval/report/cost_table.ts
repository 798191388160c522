/**
 * Formats the cost of a run beside its estimate.
 *
 * @module
 */

import { dollarsFor, formatDollars } from "../../src/execution/price.ts";
import type { UsageTotal } from "../../src/execution/usage_meter.ts";
import { counted } from "../../src/terminal/counted.ts";
import type { EvalRun } from "../eval_run.ts";
import { count, NO_FIGURE, ratio } from "./figures.ts";
import { paragraph, textTable } from "./plain_text.ts";

/** Returns a sentence, or a table if there was an estimate. */
export function formatCost(usage: UsageTotal, { price, estimate }: Pick<EvalRun, "price" | "estimate">): string {
  const { requests, input, cachedInput, output } = usage;
  if (estimate === undefined) {
    return paragraph(
      `Cost: ${counted(requests, "request")}, ${count(input)} tokens in (${count(cachedInput)} of them cached), ` +
        `${count(output)} tokens out${price === undefined ? "" : `, ${formatDollars(dollarsFor(usage, price))}`}.`,
    );
  }
  const row = (
    label: string,
    of: (total: UsageTotal) => number,
    as: (value: number) => string = count,
  ) => [label, as(of(estimate)), as(of(usage)), ratio(of(estimate), of(usage))];
  return `\n${
    textTable([
      ["cost", "estimated", "actual", "actual to estimated"],
      row("requests", ({ requests }) => requests),
      row("tokens in", ({ input }) => input),
      ["  of them cached", NO_FIGURE, count(cachedInput), ""],
      row("tokens out", ({ output }) => output),
      ...price === undefined ? [] : [row("dollars", (total) => dollarsFor(total, price), formatDollars)],
    ])
  }`;
}
