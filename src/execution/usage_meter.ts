/**
 * Counts the cost of a session's model requests and enforces its limits.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { TokenUsage } from "./model.ts";
import { dollarsFor, formatDollars, type Price } from "./price.ts";

/**
 * The total cost of requests. Tokens are estimated if a server does not report them.
 *
 * ```ts
 * import { createModel, InteractiveShell, type SessionUsage, type UsageLimits, type UsageTotal } from "@runt/aipython-runtime-agent";
 *
 * function describe({ requests, input, output }: UsageTotal): string {
 *   return `${requests} requests, ${input + output} tokens`;
 * }
 *
 * const limits: UsageLimits = { maxTokensPerSession: 100_000 };
 * const shell = new InteractiveShell({ ...limits, model: await createModel() });
 * const { usage } = await shell.runCell("2 + 2");
 * const session: SessionUsage = shell.usage;
 * console.log(describe(usage), `${session.cells} cells`);
 * ```
 */
export interface UsageTotal extends Omit<TokenUsage, "reasoning"> {
  /** The number of requests. */
  requests: number;
  /** The cost in dollars; absent if the model's price is not known. */
  cost?: number;
}

/** The cost of a session so far. */
export interface SessionUsage extends UsageTotal {
  /** The number of executed cells. */
  cells: number;
}

/**
 * The cost of a cell and of its session.
 *
 * ```ts
 * import { AIPythonAgent, type UsageEvent } from "@runt/aipython-runtime-agent";
 *
 * function onUsage({ cellId, cell, session }: UsageEvent): void {
 *   console.log(`${cellId}: ${cell.output} tokens written, ${session.output} in all`);
 * }
 *
 * console.log(new AIPythonAgent({ onUsage }).usage);
 * ```
 */
export interface UsageEvent {
  /** The cell's id in the notebook. */
  cellId: string;
  /** The cost of the cell. */
  cell: UsageTotal;
  /** The cost of the session so far, including this cell. */
  session: SessionUsage;
}

/** The limits of a session. Default: 0, which means no limit. */
export interface UsageLimits {
  /** The number of input and output tokens. */
  maxTokensPerSession?: number;
  /** Dollars. The limit has no effect if the price is not known. */
  maxCostPerSession?: number;
}

/** The requests and tokens, without their cost. */
type Counts = Omit<UsageTotal, "cost">;

export class UsageMeter {
  readonly #limits: UsageLimits;
  readonly #price: Price | undefined;
  #counts: Counts = { requests: 0, input: 0, cachedInput: 0, output: 0 };

  constructor(limits: UsageLimits = {}, price?: Price) {
    this.#limits = limits;
    this.#price = price;
  }

  /** The cost of all requests so far. */
  get total(): Readonly<UsageTotal> {
    return this.#priced(this.#counts);
  }

  add({ input, cachedInput, output }: TokenUsage): void {
    const { requests, ...spent } = this.#counts;
    this.#counts = {
      requests: requests + 1,
      input: spent.input + input,
      cachedInput: spent.cachedInput + cachedInput,
      output: spent.output + output,
    };
  }

  /** Returns the cost since an earlier total. */
  since(earlier: UsageTotal): UsageTotal {
    const { requests, input, cachedInput, output } = this.#counts;
    return this.#priced({
      requests: requests - earlier.requests,
      input: input - earlier.input,
      cachedInput: cachedInput - earlier.cachedInput,
      output: output - earlier.output,
    });
  }

  /** Computes the cost of tokens in dollars. Returns an empty object if the price is not known. */
  costOf(usage: TokenUsage): Pick<UsageTotal, "cost"> {
    return this.#price === undefined ? {} : { cost: dollarsFor(usage, this.#price) };
  }

  /**
   * Checks that another request is allowed.
   *
   * @throws {ModelError} of kind `session_limit` if a limit is reached
   */
  requireBudget(): void {
    const { maxTokensPerSession: tokens = 0, maxCostPerSession: dollars = 0 } = this.#limits;
    const { input, output, cost = 0 } = this.total;
    const spent = input + output;
    if (tokens > 0 && spent >= tokens) {
      throw overLimit(`${spent} tokens`, String(tokens), "--max-tokens-per-session (AIPYTHON_MAX_TOKENS_PER_SESSION)");
    }
    if (dollars > 0 && cost >= dollars) {
      const limit = "--max-cost-per-session (AIPYTHON_MAX_COST_PER_SESSION)";
      throw overLimit(formatDollars(cost), formatDollars(dollars), limit);
    }
  }

  #priced(counts: Counts): UsageTotal {
    return { ...counts, ...this.costOf(counts) };
  }
}

function overLimit(spent: string, limit: string, option: string): ModelError {
  return new ModelError(
    "session_limit",
    `This session has spent ${spent}, and its limit is ${limit}: no more cells are executed. Raise ${option} or ` +
      "restart the agent, then run the cell again.",
  );
}
