/**
 * Reports the cost of an evaluation before it begins, and asks for consent if it is above a limit.
 *
 * @module
 */

import { createInterface } from "node:readline";
import type { CommandHost } from "../../src/cli/host/command_host.ts";
import { ConfigurationError } from "../../src/errors.ts";
import { dollarsFor, formatDollars, type Price } from "../../src/execution/price.ts";
import type { UsageTotal } from "../../src/execution/usage_meter.ts";
import { counted } from "../../src/terminal/counted.ts";
import { count } from "../report/figures.ts";

/** The highest cost without consent if the price is known, in dollars. */
export const MOST_DOLLARS = 1;

/**
 * The highest cost without consent if the price is unknown, in tokens: one dollar at 0.40 dollars a million, the
 * price of small models.
 */
export const MOST_TOKENS = 2_500_000;

export interface PlannedCost {
  model: string;
  /** The requests that are still to send. */
  estimate: UsageTotal;
  /** Default: unknown. */
  price?: Price;
}

/**
 * Writes the estimated cost to stderr. If it is above a limit, asks on a terminal whether to continue.
 *
 * @param isAgreed whether any cost is agreed to
 * @param signal aborts the question
 * @returns whether to continue
 * @throws {ConfigurationError} the cost is above the limit, not agreed to, and there is no terminal to ask on
 */
export async function requireConsent(
  planned: readonly PlannedCost[],
  isAgreed: boolean,
  host: Pick<CommandHost, "writeError" | "isTerminal" | "terminal">,
  signal: AbortSignal,
): Promise<boolean> {
  const description = describeCost(planned);
  const limit = overLimit(planned);
  if (limit === undefined || isAgreed) {
    host.writeError(`About ${description}.\n`);
    return true;
  }
  if (!host.isTerminal("input") || !host.isTerminal("error")) {
    const inDollars = planned.some(({ price }) => price === undefined)
      ? ", --price IN,CACHED,OUT to count in dollars"
      : "";
    throw new ConfigurationError([{
      message: `this takes about ${description}, which is more than ${limit}: give --sample N to ask for fewer cells` +
        `${inDollars}, or --yes to spend it`,
    }]);
  }
  host.writeError(`About ${description}. That is more than ${limit}.\nSpend it? [y/N] `);
  return /^\s*y(?:es)?\s*$/i.test(await readLine(host, signal));
}

/** Describes the cost of all models together, each by its name if there are several. */
function describeCost(planned: readonly PlannedCost[]): string {
  const [only, another] = planned;
  if (another === undefined) return describeOne(only);
  const known = planned.flatMap(({ estimate, price }) => price === undefined ? [] : [dollarsFor(estimate, price)]);
  const sum = known.length < 2 ? "" : `; together ${formatDollars(known.reduce((sum, cost) => sum + cost))}`;
  return planned.map((each) => `${each.model}: ${describeOne(each)}`).join("; ") + sum;
}

function describeOne({ estimate, price }: PlannedCost): string {
  const { requests, input, output } = estimate;
  const tokens = `${counted(requests, "request")}, ${count(rounded(input))} tokens in and ${
    count(rounded(output))
  } out`;
  return price === undefined
    ? `${tokens}, at an unknown price`
    : `${tokens}, ${formatDollars(dollarsFor(estimate, price))} if the server has none of them cached`;
}

/** Names the limit that the cost exceeds; `undefined` if it exceeds none. */
function overLimit(planned: readonly PlannedCost[]): string | undefined {
  let [dollars, tokens] = [0, 0];
  for (const { estimate, price } of planned) {
    if (price === undefined) tokens += estimate.input + estimate.output;
    else dollars += dollarsFor(estimate, price);
  }
  if (dollars > MOST_DOLLARS) return formatDollars(MOST_DOLLARS);
  return tokens > MOST_TOKENS ? `${count(MOST_TOKENS)} tokens` : undefined;
}

/** Reads a line from the terminal; the end of its input (Ctrl-D) is an empty one. */
async function readLine({ terminal }: Pick<CommandHost, "terminal">, signal: AbortSignal): Promise<string> {
  const reader = createInterface({ input: terminal().input });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const abort = () => reject(signal.reason);
  reader.once("line", resolve).once("close", () => resolve(""));
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", abort);
    reader.close();
  }
}

/** An estimate is good for two digits. */
function rounded(tokens: number): number {
  return Number(tokens.toPrecision(2));
}
