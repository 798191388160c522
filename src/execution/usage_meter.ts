/**
 * Counts what a session's model requests cost, and stops it when it has cost enough.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { TokenUsage } from "./model.ts";
import { dollarsFor, formatDollars, type Price } from "./price.ts";

/**
 * What requests cost together. Where a server does not tell, the tokens are estimated.
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
  /** How many requests were sent. */
  requests: number;
  /** What that cost in dollars; absent where the model's price is not known. */
  cost?: number;
}

/** What a session has cost so far. */
export interface SessionUsage extends UsageTotal {
  /** How many cells were executed for it. */
  cells: number;
}

/**
 * What a cell has cost, and the session with it.
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
  /** The cell that has ended. */
  cell: UsageTotal;
  /** The session so far, this cell included. */
  session: SessionUsage;
}

/** What may be spent; 0, the default, is no limit. */
export interface UsageLimits {
  /** Tokens, in and out. */
  maxTokensPerSession?: number;
  /** Dollars; without a price there is no such limit. */
  maxCostPerSession?: number;
}

/** What requests have taken, without what it costs. */
type Counts = Omit<UsageTotal, "cost">;

/** Adds the cost of requests up. */
export class UsageMeter {
  readonly #limits: UsageLimits;
  readonly #price: Price | undefined;
  #counts: Counts = { requests: 0, input: 0, cachedInput: 0, output: 0 };

  /**
   * @param limits what may be spent
   * @param price what the tokens cost. Default: not known
   */
  constructor(limits: UsageLimits = {}, price?: Price) {
    this.#limits = limits;
    this.#price = price;
  }

  /** What all requests have cost so far. */
  get total(): Readonly<UsageTotal> {
    return this.#priced(this.#counts);
  }

  /** Adds the cost of one request. */
  add({ input, cachedInput, output }: TokenUsage): void {
    const { requests, ...spent } = this.#counts;
    this.#counts = {
      requests: requests + 1,
      input: spent.input + input,
      cachedInput: spent.cachedInput + cachedInput,
      output: spent.output + output,
    };
  }

  /** What has been spent since an earlier total. */
  since(earlier: UsageTotal): UsageTotal {
    const { requests, input, cachedInput, output } = this.#counts;
    return this.#priced({
      requests: requests - earlier.requests,
      input: input - earlier.input,
      cachedInput: cachedInput - earlier.cachedInput,
      output: output - earlier.output,
    });
  }

  /** Computes what tokens cost, in dollars; nothing where the price is not known. */
  costOf(usage: TokenUsage): Pick<UsageTotal, "cost"> {
    return this.#price === undefined ? {} : { cost: dollarsFor(usage, this.#price) };
  }

  /**
   * Allows another request.
   *
   * @throws {ModelError} of kind `session_limit` when a limit is reached
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
