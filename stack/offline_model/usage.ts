/**
 * Counts tokens as a provider with a prompt cache would report them.
 *
 * @module
 */

import { RecentMap } from "../../src/recent_map.ts";

/** Characters for each token: OpenAI's rule of thumb for English text. */
const CHARACTERS_PER_TOKEN = 4;

/** OpenAI caches prefixes of at least 1,024 tokens, in steps of 128 (its guide on prompt caching). */
const CACHE_MINIMUM = 1024;
const CACHE_STEP = 128;

/** Prompts that are remembered, one for each key. The oldest is forgotten first. */
const REMEMBERED_PROMPTS = 100;

/** The `usage` of a chat completion. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number };
}

export interface TokenCounts {
  prompt: number;
  completion: number;
}

/**
 * Counts the tokens of requests, and the tokens that each prompt has in common with the beginning of the previous one
 * with the same key.
 */
export class UsageMeter {
  readonly #prompts = new RecentMap<string, string>(REMEMBERED_PROMPTS);

  /**
   * Counts one request.
   *
   * @param key the request's `prompt_cache_key`
   * @param prompt the conversation as text
   * @param completion the text of the answer
   * @param counted the tokens of both. Default: they are estimated
   */
  count(
    key: string,
    prompt: string,
    completion: string,
    counted: TokenCounts = { prompt: tokens(prompt.length), completion: tokens(completion.length) },
  ): Usage {
    const { prompt: prompt_tokens, completion: completion_tokens } = counted;
    const shared = Math.floor(prompt_tokens * commonPrefix(this.#prompts.get(key) ?? "", prompt) / prompt.length);
    this.#prompts.set(key, prompt);
    return {
      prompt_tokens,
      completion_tokens,
      total_tokens: prompt_tokens + completion_tokens,
      prompt_tokens_details: { cached_tokens: shared < CACHE_MINIMUM ? 0 : shared - shared % CACHE_STEP },
    };
  }
}

function tokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}

function commonPrefix(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
