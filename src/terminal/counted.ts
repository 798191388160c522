/**
 * Numbers with what they count.
 *
 * @module
 */

/** Writes how many there are: `1 cell`, `1,234 cells`. */
export function counted(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}
