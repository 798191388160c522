/**
 * Guesses how many tokens a text is.
 *
 * @module
 */

/** Characters that a token stands for: OpenAI's rule of thumb for English text (its help page on what tokens are). */
export const CHARACTERS_PER_TOKEN = 4;

/** About how many tokens so many characters are. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / CHARACTERS_PER_TOKEN);
}
