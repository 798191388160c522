/**
 * One number for many measurements.
 *
 * @module
 */

/**
 * A quantile, linear between the values that are nearest.
 *
 * @param share the share of the values that are not above it, from 0 to 1
 * @throws {RangeError} when there is no value
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError("nothing was measured");
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

/** The middle value: what the table shows. */
export const median = (values: readonly number[]) => quantile(values, 0.5);

/** What a time is when little else disturbs it: what the guard compares, because a busy machine changes it least. */
export const undisturbed = (values: readonly number[]) => quantile(values, 0.1);
