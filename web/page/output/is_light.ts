/**
 * Decides in linear time which texts certainly convert to HTML quickly.
 *
 * @module
 */

import type { Markup } from "./to_html.ts";

/** The longest light text, in characters: about three screens. */
const LENGTH = 8_000;

/** The most emphasis marks in a paragraph. marked compares each with each; 200 take 10 ms. */
const MARKS = 200;

/** The deepest nesting of quotes and lists that start on one line, and of braces. marked and KaTeX are recursive. */
const DEPTH = 40;

/** The most LaTeX commands in a text. Some nest without braces: `\\sqrt\\sqrt x`. */
const COMMANDS = 300;

/** Commands that define others. Their expansion may be far longer than the text. */
const DEFINITION = /\\(?:[exg]?def|(?:future)?let|global|long|(?:re)?newcommand|providecommand)/;

/** Whether a text may be converted to HTML on the page's own thread. Others are sent to the worker. */
export function isLight(markup: Markup): boolean {
  return markup.source.length <= LENGTH && isPlain(markup);
}

/** Whether a text contains nothing that could take more than linear time. */
export function isPlain({ source }: Markup): boolean {
  return countOf(source, "\\") <= COMMANDS && !DEFINITION.test(source) &&
    depthOfBraces(source) <= DEPTH && source.split(/\n[ \t]*\n/).every(hasFewMarks) &&
    source.split("\n").every(beginsShallow);
}

function hasFewMarks(paragraph: string): boolean {
  return countOf(paragraph, "*") + countOf(paragraph, "_") + countOf(paragraph, "~") <= MARKS;
}

/** Whether few markers of quotes and lists follow one another at the beginning of a line. */
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
