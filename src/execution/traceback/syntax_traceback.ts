/**
 * Formats syntax errors: the place in the source and, if it was compiled while code ran, the calls that led to it.
 *
 * @module
 */

import { readSyntaxSource, syntaxMessage, type SyntaxPiece } from "./syntax_source.ts";
import { paintCaller, paintHead, paintListHeader, paintSource, paintSourceError } from "./traceback_colors.ts";
import type { TracebackOrigin } from "./traceback_frames.ts";
import type { TracebackSection } from "./traceback_reader.ts";

/** The errors of the parser. The last one is raised for incomplete code. IPython shows the place in the source, without a rule. */
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
 * Formats a syntax error. If it was raised while code ran, the list of calls comes before the source. In a chain of exceptions that
 * ends in a syntax error, each exception has such a list.
 *
 * @param sections the exceptions, with the syntax error last
 * @param evalue the error's message, which ends in the file and the line in ipykernel
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

/** Formats the calls of an exception. The last one has its own colors. */
function listCalls(pieces: readonly SyntaxPiece[]): string[] {
  return [paintListHeader(), ...pieces.map((piece, index) => `${paintCaller(piece, index === pieces.length - 1)}\n`)];
}

function drawSource({ head, lines }: SyntaxPiece): string {
  // A syntax error that was raised by the program itself has no line, and its source is empty.
  const isEmpty = head !== undefined && lines.length === 0 && !/\d$/.test(head);
  const source = isEmpty ? [{ kind: "code" as const, text: "    " }] : lines;
  return [...(head === undefined ? [] : [`  ${paintHead(head)}`]), ...source.map(paintSource)].join("\n");
}
