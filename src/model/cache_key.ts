/**
 * Fits keys of the prompt cache to what OpenAI takes.
 *
 * @module
 */

import { createHash } from "node:crypto";

/** The longest `prompt_cache_key` that OpenAI takes, in characters: longer ones are refused with `string_above_max_length`. */
const MAX_LENGTH = 64;

/**
 * Shortens a key that is too long, always to the same.
 *
 * @returns the key itself, or its SHA-256 in hexadecimal, which is just as long as may be
 */
export function fitCacheKey(key: string): string {
  return key.length <= MAX_LENGTH ? key : createHash("sha256").update(key).digest("hex");
}
