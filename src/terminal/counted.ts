/**
 * Formats a count with its noun.
 *
 * @module
 */

/** Returns the count with the noun in singular or plural: `1 cell`, `1,234 cells`. */
export function counted(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
