/**
 * The colours of IPython's tracebacks, as IPython 9.11 writes them in its theme "neutral".
 *
 * IPython marks the expression that failed with a yellow ground. Which one it was cannot be told from the text, so that mark is left out.
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

/** What stands before the code of a line: that lines are left out above it, the arrow, the number. */
const NUMBERED = /^( *\(\.\.\.\))?(-*> ?)?( *\d+)(?: (.*))?$/s;

/** Lines of a frame that are not code: what is left out. */
const OMISSION = /^ *\(\.\.\.\)$/;
const REMARK = /^(\s*)(\[\.\.\. .*\])$/;

/** How far the body of a function is indented at least; IPython takes the indentation away once the code is painted. */
const BODY_INDENT = "    ";

/** The rule above a traceback. */
export function paintRule(): string {
  return red("-".repeat(WIDTH));
}

/** The header of an exception: its class at the left, the words at the right. */
export function paintHeader(ename: string): string {
  return red(ename) + " ".repeat(Math.max(1, WIDTH - ename.length - HEADER_END.length)) + HEADER_END;
}

/**
 * The last line of an exception. IPython writes the colon without a message, too.
 *
 * @param message what follows the class, with its colon
 */
export function paintError(ename: string, message: string): string {
  return red(ename) + (message === "" ? ": " : message);
}

/** The last line where IPython lists no calls: of a syntax error and of `SystemExit`. The colon is red too. */
export function paintSourceError(ename: string, message: string): string {
  return red(ename) + (message.startsWith(":") ? red(":") + message.slice(1) : message);
}

/** One call and the code around it. */
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

/** A line of the source that a syntax error shows. */
export function paintSource({ kind, text }: SyntaxLine): string {
  return kind === "caret" ? text : text.replace(/^(\s*)(.*)$/s, (_, blanks, code) => red(blanks) + red(code));
}

/** The header above the calls that led to a syntax error. */
export function paintListHeader(): string {
  return `Traceback ${cyan("(most recent call last)")}:\n`;
}

/**
 * A call that led to a syntax error, with the first line of its code.
 *
 * @param isLast whether it is the one that read the source
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

/** Where something is: the cell or file, the line, the call. */
export function paintHead(head: string): string {
  const groups = HEAD.exec(head)?.groups;
  if (groups === undefined) return green(head);
  const { cell = "", blank = "", number = "", file = "", where, call, parameters = "" } = groups;
  const place = cyan(cell) + cyan(blank) + green(number) + cyan(file) + green(where);
  return call === undefined ? place : `${place}, in ${cyan(call)}${blue(parameters)}`;
}
