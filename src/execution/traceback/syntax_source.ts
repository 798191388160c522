/**
 * Parses the source that a syntax error shows, and the calls that led to it.
 *
 * @module
 */

import {
  cellLine,
  CPYTHON_HEAD,
  FRAME_HEAD,
  headOf,
  isCellFile,
  MARKS,
  STRING_FILE,
  type TracebackOrigin,
  withoutFurniture,
} from "./traceback_frames.ts";

/** A place in the source, with the lines that are shown of it. */
export interface SyntaxPiece {
  /** `Cell In[3], line 1`, or `File <string>:1, in f`; absent if no place is named. */
  head?: string;
  /** The lines of source, indented by four spaces, and a line with a caret. */
  lines: SyntaxLine[];
}

/** A line of source, or the line with the caret below it. */
export interface SyntaxLine {
  kind: "code" | "caret";
  text: string;
}

/**
 * The end of a syntax error's message in ipykernel: the file and the line. An error that was raised by the program itself has no
 * line.
 */
const PLACE = / \((?:(<string>)|([^()]*), line (\d+))\)$/;

const NUMBERED = /^ +\d+(?: |$)/;
const ARROW = /^-+> *\d+ */;

/** The indentation of source in IPython's syntax errors. */
const INDENT = "    ";

/** The word before a function in a list of calls. In other places, a comma precedes it. */
const IN_FUNCTION = /(?<!,) in (?=\S+$)/;

/** Removes the place from the message of a syntax error, as in the last line of its traceback. */
export function syntaxMessage(message: string): string {
  return message.replace(PLACE, "");
}

/**
 * Parses the place of a syntax error, its line and its caret. If the error was raised while code ran, for example by `eval`, the
 * calls come first. Frames with arrows lose their numbers and surrounding lines, because IPython does not show those for syntax
 * errors.
 *
 * @param lines the lines of the error's section
 * @param evalue the error's message, which ends in the file and the line in ipykernel
 */
export function readSyntaxSource(lines: readonly string[], evalue: string, place: TracebackOrigin): SyntaxPiece[] {
  const [, , file, number] = PLACE.exec(evalue) ?? [];
  const isString = file === STRING_FILE;
  const source = withoutFurniture(lines);
  const arrow = source.map((line) => ARROW.exec(line)?.[0]).find((found) => found !== undefined);
  const pieces: SyntaxPiece[] = [];
  for (const line of source) {
    if (arrow !== undefined && NUMBERED.test(line)) continue;
    const head = readHead(line, isString, place);
    if (head !== undefined) pieces.push({ head, lines: [] });
    else {
      if (pieces.length === 0) pieces.push({ lines: [] });
      const read = readLine(line, arrow);
      if (read.text.trim() !== "") pieces.at(-1)!.lines.push(read);
    }
  }
  return pieces.length > 0 || file === undefined ? pieces : sourceAt(file, Number(number), isString, place);
}

function readHead(line: string, isString: boolean, place: TracebackOrigin): string | undefined {
  const cpython = CPYTHON_HEAD.exec(line);
  if (cpython !== null) {
    const [, file, number, call = "<module>"] = cpython;
    const where = call === "<module>" ? "" : `, in ${call}`;
    return sourceLine(file, Number(number), isString, place) + where;
  }
  const head = line.trim().replace(IN_FUNCTION, ", in ");
  return FRAME_HEAD.test(head) ? headOf(head) : undefined;
}

/** @param arrow the arrow and the number before the code, if there are any */
function readLine(line: string, arrow: string | undefined): SyntaxLine {
  if (!MARKS.test(line)) return { kind: "code", text: line.replace(ARROW, INDENT) };
  const code = arrow === undefined ? INDENT : " ".repeat(arrow.length);
  // CPython marks the whole wrong part, IPython only its beginning.
  return { kind: "caret", text: line.replace(code, INDENT).replace(/[~^][\s~^]*$/, "^") };
}

/** Formats the place of a syntax error. IPython refers to a string if the message does so, as for a wrong dedent. */
function sourceLine(file: string, line: number, isString: boolean, place: TracebackOrigin): string {
  const isCell = file === STRING_FILE ? !isString : isCellFile(file);
  return isCell ? cellLine(line, place) : `File ${file}:${line}`;
}

function sourceAt(file: string, number: number, isString: boolean, place: TracebackOrigin): SyntaxPiece[] {
  const text = place.code?.split(/\r?\n/)[number - 1]?.trim() ?? "";
  if (text === "") return [];
  return [{ head: sourceLine(file, number, isString, place), lines: [{ kind: "code", text: INDENT + text }] }];
}
