/**
 * Draws syntax errors: where the source is wrong and, if it was read while code ran, the calls that led there.
 *
 * @module
 */

import { readSyntaxSource, syntaxMessage, type SyntaxPiece } from "./syntax_source.ts";
import { paintCaller, paintHead, paintListHeader, paintSource, paintSourceError } from "./traceback_colors.ts";
import type { TracebackOrigin } from "./traceback_frames.ts";
import type { TracebackSection } from "./traceback_reader.ts";

/** The errors of the parser; the last is raised for code that stops too early. IPython shows the place in the source, without a rule. */
const SYNTAX_ERRORS: ReadonlySet<string> = new Set([
  "SyntaxError",
  "IndentationError",
  "TabError",
  "_IncompleteInputError",
]);

/** Whether an exception is an error of the parser. */
export function isSyntaxError(ename: string): boolean {
  return SYNTAX_ERRORS.has(ename);
}

/**
 * Draws a syntax error. One that was raised while code ran has a list of its calls before the source, and so has each exception of a chain
 * that it ends.
 *
 * @param sections the exceptions, the syntax error last
 * @param evalue its message, which in ipykernel ends in the file and the line
 * @param place where it was raised
 * @returns the elements of the traceback
 */
export function syntaxTraceback(
  sections: readonly TracebackSection[],
  evalue: string,
  place: TracebackOrigin,
): string[] {
  const last = sections[sections.length - 1];
  const earlier = sections.slice(0, -1).flatMap(({ ename = "Exception", lines, message, link }) => [
    ...listCalls(readSyntaxSource(lines, "", place)),
    ...(message === undefined ? [] : [`${paintSourceError(ename, message)}\n`]),
    `\n${link}\n`,
  ]);
  const pieces = readSyntaxSource(last.lines, evalue, place);
  const isListed = earlier.length > 0 || pieces.length > 1;
  const message = paintSourceError(last.ename!, syntaxMessage(last.message ?? ""));
  const source = [...pieces.slice(-1).map(drawSource), message, ...last.notes].join("\n") + "\n";
  return [...earlier, ...(isListed ? listCalls(pieces.slice(0, -1)) : []), source];
}

/** The calls of an exception; the last one is painted brightly. */
function listCalls(pieces: readonly SyntaxPiece[]): string[] {
  return [paintListHeader(), ...pieces.map((piece, index) => `${paintCaller(piece, index === pieces.length - 1)}\n`)];
}

function drawSource({ head, lines }: SyntaxPiece): string {
  // A syntax error that was raised by hand has no line, and an empty source.
  const isEmpty = head !== undefined && lines.length === 0 && !/\d$/.test(head);
  const source = isEmpty ? [{ kind: "code" as const, text: "    " }] : lines;
  return [...(head === undefined ? [] : [`  ${paintHead(head)}`]), ...source.map(paintSource)].join("\n");
}
