/**
 * Measures how the time of some work grows with its size.
 *
 * @module
 */

import assert from "node:assert/strict";

/** The factor between the two sizes. */
const FACTOR = 8;

/** The most that linear work may take longer: far from the 64 times of quadratic work, with room for a busy machine. */
const MOST_GROWTH = 3 * FACTOR;

/**
 * Asserts that work of eight times the size takes far less than 64 times as long.
 *
 * @param work does work of a given size
 * @param size the smaller size; large enough to take some milliseconds
 */
export function assertLinear(work: (size: number) => void, size: number): void {
  work(size);
  const growth = fastest(() => work(FACTOR * size)) / fastest(() => work(size));
  assert.ok(growth < MOST_GROWTH, `work of ${FACTOR} times the size took ${growth.toFixed(1)} times as long`);
}

/** Returns the shortest time of several attempts, in milliseconds: other programs make some of them slower. */
function fastest(work: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}
