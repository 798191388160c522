/**
 * The colors of IPython's tracebacks, as in the theme "neutral" of IPython 9.11.
 *
 * IPython marks the failed expression with a yellow background. The text does not say which expression it was, so this mark is left
 * out.
 *
 * @module
 */

import { highlightPython } from "../../python/highlight_python.ts";
import { tracebackPalette } from "./traceback_palette.ts";
import type { SyntaxLine, SyntaxPiece } from "./syntax_source.ts";
import type { TracebackFrame } from "./traceback_frames.ts";

/** The width of the rule and of the header below it (IPython: `min(75, get_terminal_size()[0])`). */
const WIDTH = 75;

const color = (code: number) => (text: string) => text === "" ? "" : `\x1b[${code}m${text}\x1b[39m`;
const red = color(31);
const green = color(32);
const blue = color(34);
const magenta = color(35);
const cyan = color(36);
const brightGreen = color(92);
const brightMagenta = color(95);

const HEADER_END = "Traceback (most recent call last)";

/** A cell or a file, the line in it, and the call with its parameters. */
const HEAD =
  /^(?:(?<cell>Cell)(?<blank> )(?<number>In\[\d+\])|(?<file>File ))(?<where>.*?)(?:, in (?<call>[^(]*)(?<parameters>\(.*\))?)?$/s;

/** The text before the code of a line: the mark for left-out lines above it, the arrow, and the number. */
const NUMBERED = /^( *\(\.\.\.\))?(-*> ?)?( *\d+)(?: (.*))?$/s;

/** Lines of a frame that are not code, but say that something is left out. */
const OMISSION = /^ *\(\.\.\.\)$/;
const REMARK = /^(\s*)(\[\.\.\. .*\])$/;

/** The smallest indentation of a function's body. IPython removes the indentation after highlighting the code. */
const BODY_INDENT = "    ";

/** Formats the rule above a traceback. */
export function paintRule(): string {
  return red("-".repeat(WIDTH));
}

/** Formats the header of an exception: its class on the left, the words on the right. */
export function paintHeader(ename: string): string {
  return red(ename) + " ".repeat(Math.max(1, WIDTH - ename.length - HEADER_END.length)) + HEADER_END;
}

/**
 * Formats the last line of an exception. IPython writes the colon even if there is no message.
 *
 * @param message the text after the class, with its colon
 */
export function paintError(ename: string, message: string): string {
  return red(ename) + (message === "" ? ": " : message);
}

/** Formats the last line of a syntax error or `SystemExit`, where the colon is red too. */
export function paintSourceError(ename: string, message: string): string {
  return red(ename) + (message.startsWith(":") ? red(":") + message.slice(1) : message);
}

/** Formats one call and the code around it. */
export function paintFrame({ head, body }: TracebackFrame): string {
  const numbered = body.map((line) => NUMBERED.exec(line));
  const indent = head !== undefined && HEAD.exec(head)?.groups?.call !== undefined ? BODY_INDENT : "";
  const source = numbered.map((match) => match?.[4] ? indent + match[4] : "").join("\n");
  const code = highlightPython(source, tracebackPalette).split("\n");
  const lines = body.map((line, index) => {
    if (OMISSION.test(line)) return green(line);
    if (REMARK.test(line)) return line.replace(REMARK, (_, blanks, remark) => blanks + red(remark));
    if (numbered[index] === null) return line;
    const [, omission = "", arrow = "", number, text] = numbered[index];
    const painted = text === undefined ? "" : ` ${code[index].replace(indent, "")}`;
    return green(omission) + green(arrow) + green(number) + painted;
  });
  return head === undefined ? lines.join("\n") : [paintHead(head), ...lines].join("\n");
}

/** Formats a line of the source in a syntax error. */
export function paintSource({ kind, text }: SyntaxLine): string {
  return kind === "caret" ? text : text.replace(/^(\s*)(.*)$/s, (_, blanks, code) => red(blanks) + red(code));
}

/** Formats the header above the calls that led to a syntax error. */
export function paintListHeader(): string {
  return `Traceback ${cyan("(most recent call last)")}:\n`;
}

/**
 * Formats a call that led to a syntax error, with the first line of its code.
 *
 * @param isLast whether it is the call that compiled the source
 */
export function paintCaller({ head = "", lines }: SyntaxPiece, isLast: boolean): string {
  const groups = HEAD.exec(head)?.groups;
  const code = lines.filter(({ kind }) => kind === "code").slice(0, 1);
  if (groups === undefined) return [head, ...code.map(({ text }) => text)].join("\n");
  const { cell = "", blank = "", number = "", file = "", where, call } = groups;
  const words = isLast ? cyan : (text: string) => text;
  const [places, names] = isLast ? [green, magenta] : [brightGreen, brightMagenta];
  const place = words("  ") + words(cell) + words(blank) + places(number) + words(file) + places(where);
  const painted = place + (call === undefined ? "" : words(" in ") + names(call));
  return [painted, ...code.map((line) => isLast ? paintSource(line) : line.text)].join("\n");
}

/** Formats a place: the cell or file, the line, and the call. */
export function paintHead(head: string): string {
  const groups = HEAD.exec(head)?.groups;
  if (groups === undefined) return green(head);
  const { cell = "", blank = "", number = "", file = "", where, call, parameters = "" } = groups;
  const place = cyan(cell) + cyan(blank) + green(number) + cyan(file) + green(where);
  return call === undefined ? place : `${place}, in ${cyan(call)}${blue(parameters)}`;
}
