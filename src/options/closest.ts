/**
 * Finds the word that a person probably meant.
 *
 * @module
 */

/** The maximum number of wrong letters. With more than two, a guess is arbitrary. */
const maximumDistance = 2;

/** The shortest word that is searched for inside others, in letters. A shorter word is a part of too many. */
const minimumPart = 3;

/**
 * Finds the candidate for a mistyped word: the one with the fewest wrong letters, or else one that contains the word. Returns `undefined`
 * if none is similar.
 */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.min(maximumDistance, Math.floor(word.length / 2)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  if (best !== undefined || word.length < minimumPart) return best;
  return candidates.find((candidate) => candidate.toLowerCase().includes(word.toLowerCase()));
}

/** Counts the letters to insert, delete or replace to turn one word into the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[to.length];
}
