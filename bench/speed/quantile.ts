/**
 * Reduces many measurements to one number.
 *
 * @module
 */

/**
 * Computes a quantile, with linear interpolation between the nearest values.
 *
 * @param share the share of the values that are not above it, from 0 to 1
 * @throws {RangeError} if there are no values
 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError("nothing was measured");
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

/** The median, which the table shows. */
export const median = (values: readonly number[]) => quantile(values, 0.5);

/**
 * The tenth percentile: the time with few disturbances. The guard compares it, because a busy machine changes it
 * least.
 */
export const undisturbed = (values: readonly number[]) => quantile(values, 0.1);

/** A delay that a person does not notice, in milliseconds. */
const UNNOTICED_MS = 50;

/**
 * Returns how much better own times are than others, for times of a few milliseconds. Both are increased by
 * {@linkcode UNNOTICED_MS}, so that an unnoticeable delay is not a regression, and a tenth of a second is.
 */
export function noticeableRatio(own: readonly number[], others: readonly number[]): number {
  return (undisturbed(others) + UNNOTICED_MS) / (undisturbed(own) + UNNOTICED_MS);
}
