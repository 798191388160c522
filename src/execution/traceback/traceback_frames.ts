/**
 * Reads the calls of a traceback, and the source that a syntax error shows.
 *
 * @module
 */

import { HEADER } from "./traceback_reader.ts";

/** One call in a traceback. */
export interface TracebackFrame {
  /** `Cell In [3], line 1, in f(x)` or `File /usr/lib/x.py:3, in f(x)`; none for lines that stand outside of any call. */
  head?: string;
  /** The lines of code, numbered, one with an arrow; or a remark such as `[... skipping similar frames ...]`. */
  body: string[];
}

/** A line of what a syntax error shows. */
export interface SyntaxLine {
  /** Where the source is, a line of it, or the mark below the line. */
  kind: "head" | "code" | "caret";
  text: string;
}

/** Where the traceback comes from, for what CPython's form does not say. */
export interface TracebackOrigin {
  /** The `n` of `In [n]`. */
  executionCount: number;
  /** The cell's code. */
  code?: string;
}

const RULE = /^-{20,}\s*$/;
const FRAME_HEAD = /^(?:(?:Cell|Input) In ?\[\d+\]|File \S.*:\d+|<ipython-input-[^>]*>)(?:,? .*)?$/;
const CPYTHON_HEAD = /^ *File "(.*)", line (\d+)(?:, in (.+))?$/;
const MARKS = /^[\s~^]+$/;
const CPYTHON_REPEATED = /^\s*\[Previous line repeated (\d+) more times?\]$/;
const NUMBERED = /^ +\d+(?: |$)/;
const ARROW = /^-+> *\d+ */;

/** The end of a syntax error's message in ipykernel: the file and the line. */
const SYNTAX_PLACE = / \([^()]*, line (\d+)\)$/;
const REMARK = /^\s*\[\.\.\. .*\]$/;

/** How CPython names code that is in no file, and IPython the file of a cell. */
const CELL_FILE = /^<.*>$|ipykernel|ipython-input/;

/** Lines of code around the one that raised: IPython shows five lines in all. */
const CONTEXT_LINES = 2;

/** IPython indents the source of a syntax error by it. */
const SOURCE_INDENT = "    ";

/** Removes what is drawn anew: the rule, the header, blank lines. */
function withoutFurniture(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== "" && !RULE.test(line) && !HEADER.test(line));
}

/**
 * Reads the calls of an exception, outermost first.
 *
 * @param lines the lines of its section
 * @param place where it was raised
 */
export function readFrames(lines: readonly string[], place: TracebackOrigin): TracebackFrame[] {
  const frames: TracebackFrame[] = [];
  let cpython: CPythonFrame | undefined;
  for (const line of withoutFurniture(lines)) {
    const head = CPYTHON_HEAD.exec(line);
    const repeated = cpython === undefined ? null : CPYTHON_REPEATED.exec(line);
    if (head !== null) {
      cpython = { file: head[1], line: Number(head[2]), call: head[3] ?? "<module>" };
      frames.push(fromCPython(cpython, place));
    } else if (repeated !== null) {
      const skipped = `${cpython!.call} at line ${cpython!.line} (${repeated[1]} times)`;
      frames.push({ body: [`    [... skipping similar frames: ${skipped}]`] });
    } else if (FRAME_HEAD.test(line)) {
      cpython = undefined;
      frames.push({ head: line, body: [] });
    } else if (cpython !== undefined && /^ {4}/.test(line)) {
      const frame = frames.at(-1)!;
      if (!MARKS.test(line) && frame.body.length === 0) frame.body.push(arrow(cpython.line, line.trim()));
    } else if (REMARK.test(line)) {
      frames.push({ body: [line] });
    } else {
      const frame = frames.at(-1);
      const isRemark = frame?.head === undefined && REMARK.test(frame?.body[0] ?? "");
      if (frame === undefined || isRemark) frames.push({ body: [line] });
      else frame.body.push(line);
    }
  }
  return frames;
}

/**
 * Reads the source that a syntax error shows: where it is, the line, a caret. Frames with arrows, which IPython does not draw for
 * it, lose their numbers and the lines around.
 *
 * @param lines the lines of its section
 * @param evalue its message, which in ipykernel ends in the line's number
 * @param place where it was raised
 */
export function readSyntaxSource(lines: readonly string[], evalue: string, place: TracebackOrigin): SyntaxLine[] {
  const source = withoutFurniture(lines);
  const arrow = source.map((line) => ARROW.exec(line)?.[0]).find((found) => found !== undefined);
  const shown = source
    .filter((line) => arrow === undefined || !NUMBERED.test(line))
    .map((line) => readSyntaxLine(line, arrow, place))
    .filter(({ text }) => text.trim() !== "");
  return shown.length > 0 ? shown : sourceAt(Number(SYNTAX_PLACE.exec(evalue)?.[1]), place);
}

/** @param arrow the arrow and the number that stand before the code, if they do */
function readSyntaxLine(line: string, arrow: string | undefined, place: TracebackOrigin): SyntaxLine {
  const cpython = CPYTHON_HEAD.exec(line);
  if (cpython !== null) {
    const [, file, number] = cpython;
    return { kind: "head", text: CELL_FILE.test(file) ? cellLine(Number(number), place) : `File ${file}:${number}` };
  }
  if (FRAME_HEAD.test(line.trimStart())) return { kind: "head", text: line.trim() };
  if (!MARKS.test(line)) return { kind: "code", text: line.replace(ARROW, SOURCE_INDENT) };
  const code = arrow === undefined ? SOURCE_INDENT : " ".repeat(arrow.length);
  return { kind: "caret", text: line.replace(code, SOURCE_INDENT) };
}

/** The message of a syntax error without the place, as its traceback ends. */
export function syntaxMessage(message: string): string {
  return message.replace(SYNTAX_PLACE, "");
}

function sourceAt(number: number, place: TracebackOrigin): SyntaxLine[] {
  const text = place.code?.split(/\r?\n/)[number - 1]?.trim() ?? "";
  if (text === "") return [];
  return [{ kind: "head", text: cellLine(number, place) }, { kind: "code", text: SOURCE_INDENT + text }];
}

function cellLine(number: number, { executionCount }: TracebackOrigin): string {
  return `Cell In [${executionCount}], line ${number}`;
}

/** What CPython says of a call: `File "x.py", line 3, in f`. */
interface CPythonFrame {
  file: string;
  line: number;
  call: string;
}

function fromCPython({ file, line, call }: CPythonFrame, place: TracebackOrigin): TracebackFrame {
  const { code } = place;
  const isCell = CELL_FILE.test(file);
  const where = call === "<module>" ? "" : `, in ${call}${parameters(call, isCell ? code : undefined)}`;
  if (!isCell) return { head: `File ${file}:${line}${where}`, body: [] };
  return {
    head: cellLine(line, place) + where,
    body: code === undefined ? [] : codeAround(code, line, where === "" ? CONTEXT_LINES : 0),
  };
}

/** The names of the parameters of a function that the cell defines, in parentheses. */
function parameters(name: string, code = ""): string {
  const definition = new RegExp(`\\bdef\\s+${name.replace(/\W/g, "\\$&")}\\s*\\(([^()]*)\\)`).exec(code);
  const names = (definition?.[1] ?? "").split(",").flatMap((parameter) => /\**\w+/.exec(parameter) ?? []);
  return `(${names.join(", ")})`;
}

function codeAround(code: string, line: number, context: number): string[] {
  const lines = code.split(/\r?\n/);
  if (lines[line - 1] === undefined || lines[line - 1].trim() === "") return [];
  return lines
    .map((text, index) => ({ text, number: index + 1 }))
    .slice(Math.max(0, line - 1 - context), line + context)
    .filter(({ text }) => text.trim() !== "")
    .map(({ text, number }) => number === line ? arrow(number, text) : `${String(number).padStart(7)} ${text}`);
}

/** A line of code as IPython points at it: the arrow and the number take seven columns. */
function arrow(number: number, text: string): string {
  return `${`> ${number}`.padStart(7, "-")} ${text}`;
}
