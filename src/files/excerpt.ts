/**
 * Shows the first and the last lines of a text.
 *
 * @module
 */

import { isHighSurrogate } from "../surrogate_pair.ts";
import { formatCount } from "./file_size.ts";

/**
 * The prefix of each line of a file that is sent to a model. It keeps a line of a file from being read as the beginning of a cell,
 * or as another part of the prompt.
 */
export const LINE_MARK = "| ";

/** The beginning of the line that says how much is left out. */
export const GAP_MARK = "[... ";

/** The shares of the available length that the first lines together, and any single line, may take. */
const HEAD_SHARE = 2 / 3;
const LINE_SHARE = 1 / 4;

/** The length that is reserved for the text that says how much is left out, in characters. */
const GAP_CHARACTERS = 48;

/** The shortest excerpt of a line that is worth showing, in characters. */
const LEAST_LINE = 20;

/** Characters that are invisible or look like line ends: control characters except the tab, and Unicode's line ends. */
// deno-lint-ignore no-control-regex
const INVISIBLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]/g;

/** The first and the last parts of a text. A part is a line or a row. */
export interface TextEnds {
  /** The first parts, in order. */
  head: readonly string[];
  /** The last parts, in order, without those in `head`. */
  tail: readonly string[];
  /** The number of all parts of the text. */
  count: number;
  /** The name of a part, in the singular: `row`. */
  noun: string;
}

/** Adds {@linkcode LINE_MARK} to every line of a text. */
export function markLines(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.length > 1 && lines[lines.length - 1] === "") lines.pop();
  return lines.map((line) => LINE_MARK + escapeInvisible(line)).join("\n");
}

/** Replaces invisible characters with Python's escape sequences, so that a line stays on one line. */
export function escapeInvisible(text: string): string {
  return text.replace(INVISIBLE, escapeCharacter);
}

/**
 * Marks every line of a text, if the result fits.
 *
 * @param maxCharacters the length that the result may have
 * @returns `undefined` if it does not fit
 */
export function wholeText(text: string, maxCharacters: number): string | undefined {
  if (text.length > maxCharacters) return undefined;
  const marked = markLines(text);
  return marked.length <= maxCharacters ? marked : undefined;
}

/**
 * Shows as many of the first and of the last parts as fit, and the number of those left out between them. Long parts lose their
 * middle.
 *
 * @param maxCharacters the length that the result may have
 * @returns marked lines, or the empty text if nothing fits
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

/** Marks a part. Removes its middle if it is too long. */
function fitPart(part: string, longest: number): string {
  const marked = part.length > longest ? "" : markLines(part);
  return marked !== "" && marked.length <= longest ? marked : markLines(cutMiddle(part, longest));
}

/** Removes the middle of a part, so that the rest fits even with its marks and escape sequences. */
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

/** Returns the nearest index at or before the given one that does not split a surrogate pair. */
function boundary(text: string, index: number): number {
  return index > 0 && isHighSurrogate(text.charCodeAt(index - 1)) ? index - 1 : index;
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0);
  return code > 0xff ? `\\u${code.toString(16)}` : `\\x${code.toString(16).padStart(2, "0")}`;
}
