/**
 * Lays out help in two columns: flags on the left, explanations on the right.
 *
 * @module
 */

import type { FlagEntry } from "../options/option_entry.ts";
import { wrapWords } from "../terminal/wrap_words.ts";

/** The width of help, in columns: that of the narrowest terminals in use. */
export const HELP_WIDTH = 80;

/** Formats a flag for help: `--auth-token TOKEN`, `-h, --help`, `-p, --parameters NAME VALUE`. */
export function flagForm({ flag, short, placeholder, second }: Omit<FlagEntry, "help">): string {
  const names = short === undefined ? `--${flag}` : `-${short}, --${flag}`;
  return [names, placeholder, second].filter((word) => word !== undefined).join(" ");
}

/**
 * Lays out lines on the left and wrapped paragraphs on the right. If a left line is too long for its column, the paragraphs begin on
 * the line below it.
 *
 * @param rightColumn the column at which the right side begins, from 0
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
