/**
 * Formats tracebacks: without colors for the model, and as IPython shows them for people.
 *
 * @module
 */

import { syntaxMessage } from "./syntax_source.ts";
import { isSyntaxError, syntaxTraceback } from "./syntax_traceback.ts";
import {
  paintError,
  paintFrame,
  paintHeader,
  paintListHeader,
  paintRule,
  paintSourceError,
} from "./traceback_colors.ts";
import { readFrames, type TracebackOrigin } from "./traceback_frames.ts";
import { readTraceback, tracebackLines, type TracebackSection } from "./traceback_reader.ts";

/** An exception as a model reports it. */
export interface ReportedException extends TracebackOrigin {
  /** The exception's class, such as `ValueError`. */
  ename: string;
  /** `str(exception)`. */
  evalue: string;
  /** The lines of the traceback, or its text, in any format. */
  traceback: readonly string[] | string;
}

/**
 * The longest traceback that is formatted, in characters, because its code is parsed for that. IPython's own tracebacks have a few
 * thousand.
 */
const MAX_PAINTED = 50_000;

/** The line that IPython shows above a `SystemExit`. */
const EXIT_REMARK = "An exception has occurred, use %tb to see the full traceback.";

/** A cell in IPython 8's format, with a space. */
const OLD_CELL = /^( *Cell In) (?=\[\d+\])/;

/**
 * Prepares a traceback for the model: one line per element, without colors, and with the same names for cells in all formats.
 *
 * @param traceback the traceback as it is stored in the notebook
 */
export function plainTraceback(traceback: readonly string[]): string[] {
  return tracebackLines(traceback).map((line) => line.replace(OLD_CELL, "$1"));
}

/**
 * Formats an exception like IPython: the rule, the header, frames with arrows, colors, and the name and message on the last line.
 * Formatting an already formatted traceback does not change it. A traceback of more than {@linkcode MAX_PAINTED} characters is not
 * formatted.
 *
 * @returns the elements of a Jupyter traceback, which are joined with newlines; an element may have several lines
 */
export function prettyTraceback(exception: ReportedException): string[] {
  if (isPainted(exception.traceback)) return [...exception.traceback];
  const [ename] = /[^\s:]+/.exec(exception.ename) ?? ["Exception"];
  const evalue = tracebackLines(exception.evalue).join("\n");
  const plain = tracebackLines(exception.traceback);
  if (plain.reduce((length, line) => length + line.length, evalue.length) > MAX_PAINTED) return plain;
  const isSyntax = isSyntaxError(ename);
  const sections = readTraceback(plain, ename, evalue, ...(isSyntax ? [syntaxMessage(evalue)] : []));
  const last = sections[sections.length - 1];
  if (evalue !== "" && /^:?\s*$/.test(last.message ?? "")) last.message = `: ${evalue}`;
  if (ename === "SystemExit") return exitTraceback(last);
  if (isSyntax) return syntaxTraceback(sections, evalue, exception);
  return [paintRule(), ...sections.flatMap((section) => sectionTraceback(section, exception))];
}

/** Any control sequence except colors, and any control character except tab and newline. */
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const BEYOND_COLORS = /\u001b(?!\[[0-9;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/;

/** Whether a traceback already has IPython's colors. They can mark the failed expression, which cannot be derived from the text. */
function isPainted(traceback: readonly string[] | string): traceback is readonly string[] {
  return typeof traceback !== "string" && [paintRule(), paintListHeader()].includes(traceback[0]) &&
    !traceback.some((line) => BEYOND_COLORS.test(line));
}

function sectionTraceback({ ename, lines, message, notes, link }: TracebackSection, place: TracebackOrigin): string[] {
  const frames = readFrames(lines, place).map((frame) => `${paintFrame(frame)}\n`);
  const isComplete = link === undefined || message !== undefined;
  return [
    ...(ename === undefined ? [] : [paintHeader(ename)]),
    ...frames,
    ...(ename === undefined || !isComplete ? [] : [paintError(ename, message ?? "")]),
    ...notes,
    ...(link === undefined ? [] : [`\n${link}\n`]),
  ];
}

function exitTraceback({ ename, message = "" }: TracebackSection): string[] {
  return [`${EXIT_REMARK}\n`, `${paintSourceError(ename!, message)}\n`];
}
