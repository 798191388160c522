/**
 * Tests whether two runs differ by more than chance: exact paired tests.
 *
 * @module
 */

/**
 * Computes the two-sided p value of the exact sign test: how often two runs of equal quality would differ by as much or more. Of the
 * cells that are right in one run only, it is McNemar's exact test.
 *
 * @param first how many pairs speak for the first run; pairs that speak for neither do not count
 * @param second how many speak for the second
 * @returns from 0 to 1; 1 without such pairs
 */
export function signTestPValue(first: number, second: number): number {
  const pairs = first + second;
  // The logarithm of the probability of exactly `successes` heads in as many tosses as there are pairs.
  let logarithm = -pairs * Math.LN2;
  let tail = 0;
  for (let successes = 0; successes <= Math.min(first, second); successes++) {
    tail += Math.exp(logarithm);
    logarithm += Math.log(pairs - successes) - Math.log(successes + 1);
  }
  return Math.min(1, 2 * tail);
}
