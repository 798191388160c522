/**
 * Decides how much of the past a request may carry, by what is known of the model's context.
 *
 * @module
 */

import { toolsOf } from "./reply/tools.ts";
import { DEFAULT_HISTORY_TOKENS } from "./prompt/past.ts";
import { toolTokens } from "./prompt/conversation_tokens.ts";
import { systemPromptOf } from "./prompt/conversation.ts";
import { estimateTokens } from "./prompt/token_estimate.ts";

/** The part of a known context that the past may take. */
const HISTORY_SHARE = 1 / 2;

/** The most that the past may take unless somebody wants more: OpenAI bills twice as much for requests of more than 272,000 tokens. */
const MOST_HISTORY_TOKENS = 128_000;

/** The part of a known context that is left for the cell and its answer. */
const ANSWER_SHARE = 1 / 4;

/**
 * How many characters of files one cell may tell for each token of the past: at most half of it, since a table of digits has no more
 * than a character a token.
 */
const FILE_CHARACTERS_PER_TOKEN = 1 / 2;

/** How many characters of files a cell tells in any case, so that columns and some rows are known. */
const LEAST_FILE_CHARACTERS = 500;

/** The context below which the short system prompt is sent, in tokens. */
const LONG_PROMPT_CONTEXT = 8_192;

/** How far a count may be from our estimate until the estimate is corrected, and the steps in which it is. */
const TOLERANCE = 1.15;
const RATIO_STEP = 1 / 8;

/** A count that hardly grows while requests do: the server cuts them off at what it counts. */
const MORE_SENT = 1.25;
const SAME_COUNT = 1.05;

/** No server has a context below this, in tokens: counts that are smaller are no counts of the request. */
const LEAST_CONTEXT = 256;

/** What contexts are multiples of: a request that was cut at whole turns is somewhat shorter. */
const CONTEXT_STEP = 1_024;

/** How a request's size was estimated, in tokens. */
export interface RequestSize {
  /** The whole request. */
  all: number;
  /** The earlier cells. */
  past: number;
  /** Whether its system prompt is the short one, or another that has no short form. */
  shortPrompt: boolean;
  /** The whole request for the thriftiest tokenizer: there is none that counts less. */
  least: number;
}

/** What the next conversation may have. */
export interface ConversationPlan {
  /** How many tokens the earlier cells may take, by our estimate. */
  historyTokens: number;
  /** Whether the system prompt is the short one. */
  shortPrompt: boolean;
  /** How many characters of files the turn of one cell tells, at most. */
  fileCharacters: number;
}

/** What a session has learnt of how much its model reads. It changes seldom and in steps, as each change costs a prompt cache. */
export class ContextBudget {
  readonly #wanted: number | undefined;
  /** The context that a refusal told. */
  #refusedAbove = Infinity;
  /** The context that was learnt from a request that was cut. */
  #cutAt = Infinity;
  /** What the past may take at most, where a server refused more and told no number. */
  #mostPast = Infinity;
  /** Tokens that the server counts for one of our estimate. */
  #ratio = 1;
  /** The largest request that was counted, and the first one of about its count. */
  #largest: { all: number; counted: number } | undefined;
  #areCountsTrusted = true;
  /** Whether the person was told that cells are left out. */
  hasToldOfSummary = false;
  /** Whether the person was told that the server cuts requests off. */
  hasToldOfCuts = false;

  /**
   * Begins without knowledge.
   *
   * @param historyTokens how many tokens the past may take. Default: half of the context, or 24,000 where it is not known
   */
  constructor(historyTokens?: number) {
    this.#wanted = historyTokens;
  }

  /**
   * Plans a conversation.
   *
   * @param contextLength the model's context, as far as it is known, in tokens
   * @param systemPrompt the system prompt in place of the long and the short one. Default: none
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
    // Without a past, files have the room that it would have.
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
   * Compares what a server has counted with what it was sent. One that counts less than any tokenizer would, or the same of more and
   * more, has cut off the beginning, as Ollama does; unless the request was one that fits: then it counts something else.
   *
   * @param sent how large the request was by our estimate
   * @param counted the tokens of the request that the server counted
   * @param contextLength the model's context, as far as it is known, in tokens
   * @returns whether the server has cut the request off without a word
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
   * Takes the server's word that a request was too long: the past shrinks to what it says, and where that is no help to a half. Where
   * there is no past, the system prompt becomes the short one.
   *
   * @param told the context and the size of the request, where the server told them, in tokens
   * @param sent how large the request was by our estimate
   * @returns whether there is less to be sent
   */
  shrink(told: { contextLength?: number; promptTokens?: number }, sent: RequestSize): boolean {
    if (sent.past === 0 && sent.shortPrompt) return false;
    const { contextLength = sent.past === 0 ? LONG_PROMPT_CONTEXT - 1 : Infinity, promptTokens = 0 } = told;
    if (promptTokens > sent.all * this.#ratio) this.#correct(promptTokens / sent.all);
    this.#refusedAbove = Math.min(this.#refusedAbove, contextLength);
    if (this.plan().historyTokens > sent.past / 2) this.#mostPast = Math.floor(sent.past / 2);
    return true;
  }
}

/** The tokens that every request takes besides cells, by our estimate. */
function fixedTokens(prompt: Parameters<typeof systemPromptOf>[0]): number {
  return estimateTokens(systemPromptOf(prompt)) + toolTokens(toolsOf(prompt.hasInput ?? false));
}
