/**
 * Reads the source that a syntax error shows, and the calls that led to it.
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

/** Where a piece of source is, and what is shown of it. */
export interface SyntaxPiece {
  /** `Cell In[3], line 1`, or `File <string>:1, in f`; absent where none is named. */
  head?: string;
  /** The lines of source, indented by four blanks, and a caret below. */
  lines: SyntaxLine[];
}

/** A line of source, or the mark below it. */
export interface SyntaxLine {
  /** Which of them. */
  kind: "code" | "caret";
  /** The line. */
  text: string;
}

/** The end of a syntax error's message in ipykernel: the file and the line. One that was raised by hand has no line. */
const PLACE = / \((?:(<string>)|([^()]*), line (\d+))\)$/;

const NUMBERED = /^ +\d+(?: |$)/;
const ARROW = /^-+> *\d+ */;

/** IPython indents the source of a syntax error by it. */
const INDENT = "    ";

/** What precedes a function in a list of calls; elsewhere a comma stands before it. */
const IN_FUNCTION = /(?<!,) in (?=\S+$)/;

/** The message of a syntax error without the place, as its traceback ends. */
export function syntaxMessage(message: string): string {
  return message.replace(PLACE, "");
}

/**
 * Reads where a syntax error is, the line and the caret; before that the calls, if it was raised while code ran, as by `eval`. Frames with
 * arrows lose their numbers and the lines around: IPython does not draw these for it.
 *
 * @param lines the lines of its section
 * @param evalue its message, which in ipykernel ends in the file and the line
 * @param place where it was raised
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

/** @param arrow the arrow and the number that stand before the code, if they do */
function readLine(line: string, arrow: string | undefined): SyntaxLine {
  if (!MARKS.test(line)) return { kind: "code", text: line.replace(ARROW, INDENT) };
  const code = arrow === undefined ? INDENT : " ".repeat(arrow.length);
  // CPython marks all that is wrong, IPython where it begins.
  return { kind: "caret", text: line.replace(code, INDENT).replace(/[~^][\s~^]*$/, "^") };
}

/** Where a syntax error is. IPython names a string where the message does, as for a wrong dedent. */
function sourceLine(file: string, line: number, isString: boolean, place: TracebackOrigin): string {
  const isCell = file === STRING_FILE ? !isString : isCellFile(file);
  return isCell ? cellLine(line, place) : `File ${file}:${line}`;
}

function sourceAt(file: string, number: number, isString: boolean, place: TracebackOrigin): SyntaxPiece[] {
  const text = place.code?.split(/\r?\n/)[number - 1]?.trim() ?? "";
  if (text === "") return [];
  return [{ head: sourceLine(file, number, isString, place), lines: [{ kind: "code", text: INDENT + text }] }];
}
