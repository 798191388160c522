/**
 * Fits numbers from events into columns.
 *
 * SQLite refuses a fraction in an integer column, and LiveStore would shut the store down because of what another client
 * wrote.
 *
 * @module
 */

/** The furthest that a `Date` reaches from 1970, in milliseconds; ECMAScript sets it. */
const MAX_DATE_MS = 8.64e15;

/** The nearest number that an integer column takes. */
export function toInteger(number: number): number {
  return Math.round(clamp(number, Number.MAX_SAFE_INTEGER));
}

/** The nearest date to a time in milliseconds since 1970. */
export function toDate(timeMs: number): Date {
  return new Date(clamp(timeMs, MAX_DATE_MS));
}

function clamp(number: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, number));
}
