/**
 * Shortens prompt cache keys to the length that OpenAI accepts.
 *
 * @module
 */

import { createHash } from "node:crypto";

/** The longest `prompt_cache_key` that OpenAI accepts, in characters. It rejects longer ones with `string_above_max_length`. */
const MAX_LENGTH = 64;

/**
 * Shortens a key that is too long. The same key always gives the same result.
 *
 * @returns the key itself, or its SHA-256 in hexadecimal, which has exactly the maximum length
 */
export function fitCacheKey(key: string): string {
  return key.length <= MAX_LENGTH ? key : createHash("sha256").update(key).digest("hex");
}
