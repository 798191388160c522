/**
 * Counts what a session's model requests cost, and stops it when it has cost enough.
 *
 * @module
 */

import { ModelError } from "../errors.ts";
import type { TokenUsage } from "./model.ts";

/** What requests cost together. Where a server does not tell, the tokens are estimated. */
export interface UsageTotal extends Omit<TokenUsage, "reasoning"> {
  /** How many requests were sent. */
  requests: number;
}

/** What a session has cost so far. */
export interface SessionUsage extends UsageTotal {
  /** How many cells were executed for it. */
  cells: number;
}

/** What a cell has cost, and the session with it. */
export interface UsageEvent {
  /** The cell that has ended. */
  cell: UsageTotal;
  /** The session so far, this cell included. */
  session: SessionUsage;
}

/** Adds the cost of requests up. */
export class UsageMeter {
  readonly #limit: number;
  #total: UsageTotal = { requests: 0, input: 0, cachedInput: 0, output: 0 };

  /** @param limit the tokens, in and out, that may be spent; 0 for no limit */
  constructor(limit = 0) {
    this.#limit = limit;
  }

  /** What all requests have cost so far. */
  get total(): Readonly<UsageTotal> {
    return this.#total;
  }

  /** Adds the cost of one request. */
  add({ input, cachedInput, output }: TokenUsage): void {
    const { requests, ...spent } = this.#total;
    this.#total = {
      requests: requests + 1,
      input: spent.input + input,
      cachedInput: spent.cachedInput + cachedInput,
      output: spent.output + output,
    };
  }

  /** What has been spent since an earlier total. */
  since(earlier: UsageTotal): UsageTotal {
    const { requests, input, cachedInput, output } = this.#total;
    return {
      requests: requests - earlier.requests,
      input: input - earlier.input,
      cachedInput: cachedInput - earlier.cachedInput,
      output: output - earlier.output,
    };
  }

  /**
   * Allows another request.
   *
   * @throws {ModelError} of kind `session_limit` when the limit is reached
   */
  requireTokens(): void {
    const spent = this.#total.input + this.#total.output;
    if (this.#limit === 0 || spent < this.#limit) return;
    throw new ModelError(
      "session_limit",
      `This session has spent ${spent} tokens, and its limit is ${this.#limit}: no more cells are executed. Raise ` +
        "--max-tokens-per-session (AIPYTHON_MAX_TOKENS_PER_SESSION) or restart the agent, then run the cell again.",
    );
  }
}
