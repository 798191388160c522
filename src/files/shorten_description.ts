/**
 * Shortens the description of a file if several files share the space of one turn.
 *
 * @module
 */

import { GAP_MARK } from "./excerpt.ts";

/** Replaces the removed lines. An earlier count of left-out lines among them is lost. */
const MORE = `${GAP_MARK}more lines left out ...]`;

/** The share of the available length that the first lines take. */
const HEAD_SHARE = 2 / 3;

/**
 * Removes lines from the middle. The first line, which describes the file, is kept; it is cut only if it is too long on its own.
 *
 * @param description the result of `describeFile`
 * @param maxCharacters the length that the result may have
 */
export function shortenDescription(description: string, maxCharacters: number): string {
  if (description.length <= maxCharacters) return description;
  const [facts, ...lines] = description.split("\n");
  const room = maxCharacters - facts.length - MORE.length - 2;
  if (room < 0) return Array.from(facts.slice(0, maxCharacters)).filter((each) => each.isWellFormed()).join("");
  const head = reach(lines, room * HEAD_SHARE);
  const headLength = lengthOf(lines.slice(0, head));
  const tail = reach(lines.slice(head).reverse(), room - headLength);
  return [facts, ...lines.slice(0, head), MORE, ...lines.slice(lines.length - tail)].join("\n");
}

/** Counts the first lines that fit. */
function reach(lines: readonly string[], room: number): number {
  let count = 0;
  for (let used = 0; count < lines.length; count++) {
    used += lines[count].length + 1;
    if (used > room) break;
  }
  return count;
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
