/**
 * Fits numbers from events into columns.
 *
 * SQLite refuses a fraction in an integer column. LiveStore would then shut down the store because of another client's event.
 *
 * @module
 */

/** The largest distance of a `Date` from 1970, in milliseconds. Source: ECMAScript. */
const MAX_DATE_MS = 8.64e15;

/** Returns the nearest number that fits an integer column. */
export function toInteger(number: number): number {
  return Math.round(clamp(number, Number.MAX_SAFE_INTEGER));
}

/** Returns the nearest date for a time in milliseconds since 1970. */
export function toDate(timeMs: number): Date {
  return new Date(clamp(timeMs, MAX_DATE_MS));
}

function clamp(number: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, number));
}
