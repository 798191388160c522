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

/** What a person does not notice, in milliseconds. */
const UNNOTICED_MS = 50;

/**
 * How much better own times are than others, for times of a few milliseconds: both are taken as that much longer, so that what nobody
 * notices is no regression, and a tenth of a second more is one.
 */
export function noticeableRatio(own: readonly number[], others: readonly number[]): number {
  return (undisturbed(others) + UNNOTICED_MS) / (undisturbed(own) + UNNOTICED_MS);
}
