/**
 * Shows the first and the last lines of a text.
 *
 * @module
 */

import { isHighSurrogate } from "../surrogate_pair.ts";
import { formatCount } from "./file_size.ts";

/**
 * What each line of a file begins with where a model is told of it. So no line of a file can be taken for the beginning of a cell, or
 * for anything else that stands around it.
 */
export const LINE_MARK = "| ";

/** What begins the line that says how much is left out between the first and the last lines. */
export const GAP_MARK = "[... ";

/** The parts of the room that the first lines take, and that one line takes at most. */
const HEAD_SHARE = 2 / 3;
const LINE_SHARE = 1 / 4;

/** Room for the line that says how much is left out, and for the same within a line. */
const GAP_CHARACTERS = 48;

/** The fewest characters of a line that are worth showing. */
const LEAST_LINE = 20;

/** Characters that look like line ends, or like nothing at all: control characters but for the tab, and Unicode's line ends. */
// deno-lint-ignore no-control-regex
const INVISIBLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g;

/** The first and the last parts of a text; parts are lines or rows. */
export interface TextEnds {
  /** The first parts, in order. */
  head: readonly string[];
  /** The last parts, in order, without those in `head`. */
  tail: readonly string[];
  /** How many parts there are in all. */
  count: number;
  /** What a part is called: `row`. */
  noun: string;
}

/** Marks all lines of a text. */
export function markLines(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > 1 && lines[lines.length - 1] === "") lines.pop();
  return lines.map((line) => LINE_MARK + escapeInvisible(line)).join("\n");
}

/** Writes characters that cannot be seen as Python escapes them, so that a text stays on its line. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, escapeCharacter);
}

/**
 * Marks all lines of a text, if they fit.
 *
 * @param maxCharacters how long the result may be
 * @returns `undefined` where they do not
 */
export function wholeText(text: string, maxCharacters: number): string | undefined {
  if (text.length > maxCharacters) return undefined;
  const marked = markLines(text);
  return marked.length <= maxCharacters ? marked : undefined;
}

/**
 * Shows as many of the first and of the last parts as fit, and between them how many are left out. Long ones lose their middle.
 *
 * @param maxCharacters how long the result may be
 * @returns marked lines; the empty text where there is no room
 */
export function excerptOf({ head, tail, count, noun }: TextEnds, maxCharacters: number): string {
  const isOne = count === 1;
  const room = isOne ? maxCharacters + 1 : maxCharacters - GAP_CHARACTERS;
  const longest = isOne ? maxCharacters : Math.max(LEAST_LINE, Math.floor(maxCharacters * LINE_SHARE));
  if (room < LEAST_LINE) return "";
  const parts = [...head, ...tail];
  const fit = (from: number, end: number, step: 1 | -1, room: number) => {
    const shown: string[] = [];
    let used = 0;
    for (let index = from; index !== end; index += step) {
      const marked = fitPart(parts[index], longest);
      if (used + marked.length + 1 > room) break;
      used += marked.length + 1;
      shown.push(marked);
    }
    return { shown, used };
  };
  const isAll = parts.length === count;
  const first = fit(0, head.length + (isAll ? tail.length : 0), 1, isOne ? room : room * HEAD_SHARE);
  const last = fit(parts.length - 1, isAll ? first.shown.length - 1 : head.length - 1, -1, room - first.used);
  const left = count - first.shown.length - last.shown.length;
  if (left === count) return "";
  const gap = left === 0 ? [] : [`${GAP_MARK}${formatCount(left, noun)} left out ...]`];
  return [...first.shown, ...gap, ...last.shown.reverse()].join("\n");
}

/** Marks a part, without its middle where it is too long. */
function fitPart(part: string, longest: number): string {
  const marked = part.length > longest ? "" : markLines(part);
  return marked !== "" && marked.length <= longest ? marked : markLines(cutMiddle(part, longest));
}

/** Takes the middle out of a part, so that it fits with its marks whatever is in it. */
function cutMiddle(part: string, longest: number): string {
  let kept = longest - GAP_CHARACTERS;
  for (; kept >= LEAST_LINE; kept = Math.floor(kept / 2)) {
    const head = boundary(part, Math.ceil(kept * HEAD_SHARE));
    const tail = boundary(part, part.length - (kept - Math.ceil(kept * HEAD_SHARE)));
    const cut = `${part.slice(0, head)}${GAP_MARK}${formatCount(tail - head, "character")} left out ...]${
      part.slice(tail)
    }`;
    if (markLines(cut).length <= longest) return cut;
  }
  return `${GAP_MARK}${formatCount(part.length, "character")} left out ...]`;
}

/** The nearest place at or before an index that is not between the halves of a surrogate pair. */
function boundary(text: string, index: number): number {
  return index > 0 && isHighSurrogate(text.charCodeAt(index - 1)) ? index - 1 : index;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).padStart(2, "0")}`;
}
