/**
 * Decides how much of the history a request may contain, based on what is known about the model's context.
 *
 * @module
 */

import { toolsOf } from "./reply/tools.ts";
import { DEFAULT_HISTORY_TOKENS } from "./prompt/past.ts";
import { toolTokens } from "./prompt/conversation_tokens.ts";
import { systemPromptOf } from "./prompt/conversation.ts";
import { estimateTokens } from "./prompt/token_estimate.ts";

/** The share of a known context that the history may take. */
const HISTORY_SHARE = 1 / 2;

/** The largest default for the history. OpenAI doubles the price for requests of more than 272,000 tokens. */
const MOST_HISTORY_TOKENS = 128_000;

/** The share of a known context that is reserved for the cell and its answer. */
const ANSWER_SHARE = 1 / 4;

/**
 * The number of characters of file descriptions per token of the history. A table of digits has about one character per token, so
 * descriptions take at most half of the history's tokens.
 */
const FILE_CHARACTERS_PER_TOKEN = 1 / 2;

/** The number of characters of file descriptions that are always allowed. They suffice for columns and some rows. */
const LEAST_FILE_CHARACTERS = 500;

/** With a smaller context than this, in tokens, the short system prompt is sent. */
const LONG_PROMPT_CONTEXT = 8_192;

/** The factor by which a count may differ from the estimate before the estimate is corrected, and the steps of the correction. */
const TOLERANCE = 1.15;
const RATIO_STEP = 1 / 8;

/** If requests grow by the first factor and the counts by less than the second, the server truncates requests at that count. */
const MORE_SENT = 1.25;
const SAME_COUNT = 1.05;

/** The smallest context of any server, in tokens. Smaller counts are not counts of the request. */
const LEAST_CONTEXT = 256;

/**
 * Contexts are multiples of this number of tokens. A request that was truncated at a message boundary is somewhat shorter than the
 * context.
 */
const CONTEXT_STEP = 1_024;

/** The estimated size of a request, in tokens. */
export interface RequestSize {
  /** The whole request. */
  all: number;
  /** The earlier cells. */
  past: number;
  /** Whether the system prompt is the short one, or a custom one without a short form. */
  shortPrompt: boolean;
  /** A lower bound of the whole request for any tokenizer. */
  least: number;
}

/** The limits for the next conversation. */
export interface ConversationPlan {
  /** The number of tokens that the earlier cells may take, as estimated by `estimateTokens`. */
  historyTokens: number;
  /** Whether to use the short system prompt. */
  shortPrompt: boolean;
  /** The number of characters of file descriptions in one message. */
  fileCharacters: number;
}

/**
 * The session's knowledge about how much its model reads. It changes rarely and in steps, because every change invalidates the
 * provider's prompt cache.
 */
export class ContextBudget {
  readonly #wanted: number | undefined;
  /** The context that a server named when it rejected a request. */
  #refusedAbove = Infinity;
  /** The context that was inferred from a truncated request. */
  #cutAt = Infinity;
  /** The limit for the history after a server rejected a request without naming its context. */
  #mostPast = Infinity;
  /** The server's tokens per estimated token. */
  #ratio = 1;
  /** The largest counted request. Of several with about the same count, the first. */
  #largest: { all: number; counted: number } | undefined;
  #areCountsTrusted = true;
  /** Whether the person was informed that cells are left out. */
  hasReportedSummary = false;
  /** Whether the person was informed that the server truncates requests. */
  hasReportedCuts = false;

  /** @param historyTokens the number of tokens that the history may take. Default: half of the context, or 24,000 if it is not known */
  constructor(historyTokens?: number) {
    this.#wanted = historyTokens;
  }

  /**
   * Computes the limits for a conversation.
   *
   * @param contextLength the model's context in tokens. Default: unknown
   * @param systemPrompt a custom system prompt. Default: none
   * @param hasInput whether there is the tool `input`. Default: false
   */
  plan(contextLength = Infinity, systemPrompt?: string, hasInput = false): ConversationPlan {
    const context = this.#smallest(contextLength);
    const shortPrompt = context < LONG_PROMPT_CONTEXT;
    const isKnown = context < Infinity;
    const usual = isKnown ? Math.min(context * HISTORY_SHARE, MOST_HISTORY_TOKENS) : DEFAULT_HISTORY_TOKENS;
    const room = isKnown
      ? context * (1 - ANSWER_SHARE) - fixedTokens({ shortPrompt, systemPrompt, hasInput }) * this.#ratio
      : Infinity;
    const tokensOf = (wanted: number) => this.#estimateOf(Math.min(wanted, room));
    // Without history, file descriptions may use the space of the history.
    const fileCharacters = Math.floor(tokensOf(this.#wanted || usual) * FILE_CHARACTERS_PER_TOKEN);
    return {
      historyTokens: tokensOf(this.#wanted ?? usual),
      shortPrompt,
      fileCharacters: Math.max(LEAST_FILE_CHARACTERS, fileCharacters),
    };
  }

  #smallest(contextLength: number): number {
    return Math.min(contextLength, this.#refusedAbove, this.#cutAt);
  }

  #estimateOf(tokens: number): number {
    return Math.max(0, Math.min(Math.floor(tokens / this.#ratio), this.#mostPast));
  }

  /**
   * Compares a server's token count with the size of the request. If the count is below that of any tokenizer, or stays the same
   * while requests grow, the server has silently cut off the beginning, as Ollama does. If the request certainly fits, the count
   * means something else and is ignored from then on.
   *
   * @param contextLength the model's context in tokens. Default: unknown
   * @returns whether the server silently truncated the request
   */
  compare(sent: RequestSize, counted: number, contextLength = Infinity): boolean {
    if (counted < LEAST_CONTEXT || !this.#areCountsTrusted) return false;
    const expected = sent.all * this.#ratio;
    if (counted < sent.least || this.#hasStoppedAt(counted, sent.all)) {
      const context = this.#smallest(contextLength);
      const fits = context < Infinity && expected <= context;
      this.#areCountsTrusted = !fits;
      this.#cutAt = fits ? Infinity : Math.ceil(counted / CONTEXT_STEP) * CONTEXT_STEP;
      return !fits;
    }
    if (counted > expected * TOLERANCE || counted < expected / TOLERANCE ** 2) this.#correct(counted / sent.all);
    return false;
  }

  #hasStoppedAt(counted: number, all: number): boolean {
    const largest = this.#largest ??= { all, counted };
    if (counted > largest.counted * SAME_COUNT) {
      this.#largest = { all, counted };
      return false;
    }
    return all > largest.all * MORE_SENT;
  }

  #correct(ratio: number): void {
    this.#ratio = Math.ceil(ratio / RATIO_STEP) * RATIO_STEP;
  }

  /**
   * Reduces the limits after a server rejected a request as too long. The history is reduced to the context that the server named.
   * If that does not help, it is halved. Without history, the short system prompt is used.
   *
   * @param limits the context and the size of the request, in tokens, if the server named them
   * @returns whether the next request will be smaller
   */
  shrink(limits: { contextLength?: number; promptTokens?: number }, sent: RequestSize): boolean {
    if (sent.past === 0 && sent.shortPrompt) return false;
    const { contextLength = sent.past === 0 ? LONG_PROMPT_CONTEXT - 1 : Infinity, promptTokens = 0 } = limits;
    if (promptTokens > sent.all * this.#ratio) this.#correct(promptTokens / sent.all);
    this.#refusedAbove = Math.min(this.#refusedAbove, contextLength);
    if (this.plan().historyTokens > sent.past / 2) this.#mostPast = Math.floor(sent.past / 2);
    return true;
  }
}

/** Estimates the tokens of every request without its cells. */
function fixedTokens(prompt: Parameters<typeof systemPromptOf>[0]): number {
  return estimateTokens(systemPromptOf(prompt)) + toolTokens(toolsOf(prompt.hasInput ?? false));
}
