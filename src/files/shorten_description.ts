/**
 * Shortens a file's description, where several files share the room of one turn.
 *
 * @module
 */

import { GAP_MARK } from "./excerpt.ts";

/** What stands for the lines that are taken out. What was left out there before is no longer counted. */
const MORE = `${GAP_MARK}more lines left out ...]`;

/** The part of the room that the first lines take. */
const HEAD_SHARE = 2 / 3;

/**
 * Takes lines out of the middle. The first line, which says what the file is, stays, and is cut where it alone is too long.
 *
 * @param description what `describeFile` returned
 * @param maxCharacters how long it may be
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

/** How many of the first lines fit. */
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
