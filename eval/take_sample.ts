/**
 * Takes a random sample that is the same for the same seed.
 *
 * @module
 */

/**
 * Takes some of the items, in their order.
 *
 * @param items where from
 * @param size how many; all, where there are no more
 * @param seed a whole number: the same one takes the same items
 */
export function takeSample<Item>(items: readonly Item[], size: number, seed: number): Item[] {
  const random = randomFrom(seed);
  const ranked = items.map((_, index) => ({ index, rank: random() })).sort((a, b) => a.rank - b.rank);
  const taken = new Set(ranked.slice(0, size).map(({ index }) => index));
  return items.filter((_, index) => taken.has(index));
}

/** Random numbers from 0 to 1 (mulberry32, by Tommy Ettinger). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
