/**
 * Takes a random sample that is the same for the same seed.
 *
 * @module
 */

import { randomFrom } from "../test/support/random_from.ts";

/**
 * Returns the sample in the order of the items.
 *
 * @param size the number of items; all if there are fewer
 * @param seed a whole number: the same seed takes the same items
 */
export function takeSample<Item>(items: readonly Item[], size: number, seed: number): Item[] {
  const random = randomFrom(seed);
  const ranked = items.map((_, index) => ({ index, rank: random() })).sort((a, b) => a.rank - b.rank);
  const taken = new Set(ranked.slice(0, size).map(({ index }) => index));
  return items.filter((_, index) => taken.has(index));
}
