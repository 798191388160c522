/**
 * The middle of many measurements.
 *
 * @module
 */

/**
 * The median: half of the values are not above it.
 *
 * @throws {RangeError} when there is none
 */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("nothing was measured");
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
