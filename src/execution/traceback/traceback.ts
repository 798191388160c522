/**
 * Tracebacks: plain for the model, and for people as IPython shows them.
 *
 * @module
 */

import {
  paintError,
  paintFrame,
  paintHeader,
  paintRule,
  paintSourceError,
  paintSyntaxLine,
} from "./traceback_colors.ts";
import {
  readFrames,
  readSyntaxSource,
  type SyntaxLine,
  syntaxMessage,
  type TracebackOrigin,
} from "./traceback_frames.ts";
import { readTraceback, tracebackLines, type TracebackSection } from "./traceback_reader.ts";

/** An exception as a model reports it. */
export interface ReportedException extends TracebackOrigin {
  /** The exception's class, such as `ValueError`. */
  ename: string;
  /** `str(exception)`. */
  evalue: string;
  /** Its lines, or one text, in whichever form. */
  traceback: readonly string[] | string;
}

/** The errors of the parser. IPython shows the place in the source, and no calls. */
const SYNTAX_ERRORS: ReadonlySet<string> = new Set(["SyntaxError", "IndentationError", "TabError"]);

/** The longest traceback that is given IPython's look, in characters: its code is parsed for that. IPython's own have some thousands. */
const MAX_PAINTED = 50_000;

/** What IPython says above a `SystemExit`. */
const EXIT_REMARK = "An exception has occurred, use %tb to see the full traceback.";

/**
 * Prepares a traceback for the model: one line an element, without colours.
 *
 * @param traceback as it is in the notebook
 */
export function plainTraceback(traceback: readonly string[]): string[] {
  return tracebackLines(traceback);
}

/**
 * Gives an exception IPython's look: the rule, the header, frames with arrows, colours, and the name and message as the last line.
 * Made pretty twice is the same as made pretty once. One of more than {@linkcode MAX_PAINTED} stays plain.
 *
 * @returns the elements of a Jupyter traceback, which are joined by newlines; an element may have several lines
 */
export function prettyTraceback(exception: ReportedException): string[] {
  if (isPainted(exception.traceback)) return [...exception.traceback];
  const [ename] = /[^\s:]+/.exec(exception.ename) ?? ["Exception"];
  const evalue = tracebackLines(exception.evalue).join("\n");
  const plain = tracebackLines(exception.traceback);
  if (plain.reduce((length, line) => length + line.length, evalue.length) > MAX_PAINTED) return plain;
  const sections = readTraceback(plain, ename, evalue);
  const last = sections[sections.length - 1];
  if (evalue !== "" && /^:?\s*$/.test(last.message ?? "")) last.message = `: ${evalue}`;
  if (ename === "SystemExit") return exitTraceback(last);
  if (SYNTAX_ERRORS.has(ename)) return syntaxTraceback(last, readSyntaxSource(last.lines, evalue, exception));
  return [paintRule(), ...sections.flatMap((section) => sectionTraceback(section, exception))];
}

/** Every control sequence but the colours, and every control character but tab and newline. */
// deno-lint-ignore no-control-regex -- control characters are what is looked for
const BEYOND_COLORS = /\u001b(?!\[[0-9;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/;

/** Whether a traceback has IPython's colours already, down to the expression that it marks, which cannot be told from the text. */
function isPainted(traceback: readonly string[] | string): traceback is readonly string[] {
  return typeof traceback !== "string" && traceback[0] === paintRule() &&
    !traceback.some((line) => BEYOND_COLORS.test(line));
}

function sectionTraceback({ ename, lines, message, link }: TracebackSection, place: TracebackOrigin): string[] {
  const frames = readFrames(lines, place).map((frame) => `${paintFrame(frame)}\n`);
  const isComplete = link === undefined || message !== undefined;
  return [
    ...(ename === undefined ? [] : [paintHeader(ename)]),
    ...frames,
    ...(ename === undefined || !isComplete ? [] : [paintError(ename, message)]),
    ...(link === undefined ? [] : [`\n${link}\n`]),
  ];
}

function exitTraceback({ ename, message }: TracebackSection): string[] {
  return [`${EXIT_REMARK}\n`, `${paintSourceError(ename!, message)}\n`];
}

function syntaxTraceback({ ename, message = "" }: TracebackSection, source: readonly SyntaxLine[]): string[] {
  const lines = [...source.map(paintSyntaxLine), paintSourceError(ename!, syntaxMessage(message))];
  return [lines.join("\n") + "\n"];
}
