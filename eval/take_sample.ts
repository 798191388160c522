/**
 * Takes a random sample that is the same for the same seed.
 *
 * @module
 */

import { randomFrom } from "../test/support/random_from.ts";

/**
 * Takes some of the items, in their order.
 *
 * @param items the items
 * @param size how many to take; all if there are no more
 * @param seed a whole number: the same seed takes the same items
 */
export function takeSample<Item>(items: readonly Item[], size: number, seed: number): Item[] {
  const random = randomFrom(seed);
  const ranked = items.map((_, index) => ({ index, rank: random() })).sort((a, b) => a.rank - b.rank);
  const taken = new Set(ranked.slice(0, size).map(({ index }) => index));
  return items.filter((_, index) => taken.has(index));
}
