/**
 * Formats file sizes and counts for people.
 *
 * @module
 */

/** The units above a byte, by powers of 1,000. */
const UNITS = ["KB", "MB", "GB", "TB"];

/** Formats a size in bytes: `812 bytes`, `1.2 KB`, `16.8 MB`. A KB is 1,000 bytes. */
export function formatFileSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  let size = bytes / 1_000;
  let unit = 0;
  for (; size >= 999.95 && unit < UNITS.length - 1; unit++) size /= 1_000;
  return `${size.toFixed(1).replace(/\.0$/, "")} ${UNITS[unit]}`;
}

/** Formats a count with its noun: `1 row`, `40,000 rows`. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
