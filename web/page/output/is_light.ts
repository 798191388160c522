/**
 * Tells, in a time that grows with the length alone, which texts are certain to become HTML at once.
 *
 * @module
 */

import type { Markup } from "./to_html.ts";

/** The longest light text, in characters: about three screens. */
const LENGTH = 8_000;

/** How many marks of emphasis a paragraph may have: marked compares each with each. 200 take it 10 ms. */
const MARKS = 200;

/** How deep quotes and lists may begin on one line, and braces may stand in each other. marked and KaTeX recurse. */
const DEPTH = 40;

/** How many commands a text may have. Some nest without braces: `\\sqrt\\sqrt x`. */
const COMMANDS = 300;

/** Commands that define others: what is made of these may be far longer than the text. */
const DEFINITION = /\\(?:[exg]?def|(?:future)?let|global|long|(?:re)?newcommand|providecommand)/;

/** Whether a text may be turned into HTML on the page's own thread. Others take the worker. */
export function isLight(markup: Markup): boolean {
  return markup.source.length <= LENGTH && isPlain(markup);
}

/** Whether nothing is seen in a text that could take longer than its length does. */
export function isPlain({ source }: Markup): boolean {
  return countOf(source, "\\") <= COMMANDS && !DEFINITION.test(source) &&
    depthOfBraces(source) <= DEPTH && source.split(/\n[ \t]*\n/).every(hasFewMarks) &&
    source.split("\n").every(beginsShallow);
}

function hasFewMarks(paragraph: string): boolean {
  return countOf(paragraph, "*") + countOf(paragraph, "_") + countOf(paragraph, "~") <= MARKS;
}

/** The markers of quotes and lists stand at the beginning of a line, one after the other. */
function beginsShallow(line: string): boolean {
  const [beginning] = /^[\s>*+\-\d.)]*/.exec(line)!;
  return (beginning.match(/[*+\-.)](?=\s)|>/g)?.length ?? 0) <= DEPTH;
}

function depthOfBraces(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of source) {
    if (character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "}") depth = Math.max(0, depth - 1);
  }
  return deepest;
}

function countOf(text: string, character: string): number {
  return text.split(character).length - 1;
}
