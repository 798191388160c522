/**
 * The two columns of help: flags on the left, what they do on the right.
 *
 * @module
 */

import type { FlagEntry } from "../options/option_entry.ts";
import { wrapWords } from "../terminal/wrap_words.ts";

/** The width of help in columns: that of the narrowest terminals in use. */
export const HELP_WIDTH = 80;

/** Writes a flag as help shows it: `--auth-token TOKEN`, `-h, --help`, `-p, --parameters NAME VALUE`. */
export function flagForm({ flag, short, placeholder, second }: Omit<FlagEntry, "help">): string {
  const names = short === undefined ? `--${flag}` : `-${short}, --${flag}`;
  return [names, placeholder, second].filter((word) => word !== undefined).join(" ");
}

/**
 * Sets lines beside wrapped paragraphs. The paragraphs begin a line below a left line that is too long for its column.
 *
 * @param left the lines on the left
 * @param right the paragraphs on the right
 * @param rightColumn the column where the right side begins
 */
export function helpColumns(left: readonly string[], right: readonly string[], rightColumn: number): string[] {
  const lines = right.flatMap((paragraph) => wrapWords(paragraph, HELP_WIDTH - rightColumn));
  const indented = left.map((line) => `  ${line}`);
  if (indented.some((line) => line.length >= rightColumn)) lines.unshift(...left.map(() => ""));
  const height = Math.max(indented.length, lines.length);
  return Array.from(
    { length: height },
    (_, row) => ((indented[row] ?? "").padEnd(rightColumn) + (lines[row] ?? "")).trimEnd(),
  );
}
