/**
 * Parses the calls of a traceback.
 *
 * @module
 */

import { HEADER } from "./traceback_reader.ts";

/** One call in a traceback. */
export interface TracebackFrame {
  /** `Cell In[3], line 1, in f(x)` or `File /usr/lib/x.py:3, in f(x)`; absent for lines that do not belong to a call. */
  head?: string;
  /** The numbered lines of code, one of them with an arrow, or a remark such as `[... skipping similar frames ...]`. */
  body: string[];
}

/** The cell that raised an exception, for details that CPython's format lacks. */
export interface TracebackOrigin {
  /** The `n` of `In [n]`. */
  executionCount: number;
  /** The cell's code. */
  code?: string;
}

const RULE = /^-{20,}\s*$/;
/** The first line of a call in the format of any IPython version. */
export const FRAME_HEAD = /^(?:(?:Cell|Input) In ?\[\d+\]|File \S.*:\d+|File <\w+>|<ipython-input-[^>]*>)(?:,? .*)?$/;

/**
 * A cell in the formats of IPython 8.5 and older: `Cell In [3], line 1`, `Input In [3], in f(x)`, `<ipython-input-3-0a1b2c> in
 * f(x)`.
 */
const OLD_CELL = /^(?:(?:Cell|Input) In ?\[(\d+)\]|<ipython-input-(\d+)[^>]*>)(, line \d+)?(?:,? in (.*))?$/;
/** The module as a call, which IPython does not name. */
const MODULE_CALL = /, in <(?:module|cell line: (\d+))>(?:\(\))?$/;
/** The first line of a call in CPython's format: its file, line and function. */
export const CPYTHON_HEAD = /^ *File "(.*)", line (\d+)(?:, in (.+))?$/;
/** A line of marks below code. */
export const MARKS = /^[\s~^]+$/;
const CPYTHON_REPEATED = /^\s*\[Previous line repeated (\d+) more times?\]$/;

const REMARK = /^\s*\[\.\.\. .*\]$/;
const OMISSION = /^ *\(\.\.\.\)$/;

/** Names of files that mean the cell: those of CPython and its imitations for typed code, and those of IPython. */
const CELL_FILE =
  /^<(?:stdin|console|cell|input|module|python-input-\d+|ipython-input-.*)>$|^\d+\.py$|ipykernel|ipython-input/;

/** The kernel's own call of the cell, which CPython shows and IPython does not. */
const KERNEL_HEAD = /^File \S*IPython\/core\/interactiveshell\.py:\d+, in run_code\(/;

/** The file name of code in a string: of code passed to `exec`, and in some commands of the whole program. */
export const STRING_FILE = "<string>";

/** The number of lines before and after the line that raised. IPython shows five lines in total. */
const CONTEXT_LINES = 2;

/** Removes the parts that are formatted again: the rule, the header, and blank lines. */
export function withoutFurniture(lines: readonly string[]): string[] {
  return lines.filter((line) => line.trim() !== "" && !RULE.test(line) && !HEADER.test(line));
}

/** Parses the calls in the lines of an exception, outermost first. */
export function readFrames(lines: readonly string[], place: TracebackOrigin): TracebackFrame[] {
  const frames: TracebackFrame[] = [];
  let cpython: CPythonFrame | undefined;
  for (const line of withoutFurniture(lines)) {
    const head = CPYTHON_HEAD.exec(line);
    const repeated = cpython === undefined ? null : CPYTHON_REPEATED.exec(line);
    if (head !== null) {
      const [, file, number, call = "<module>"] = head;
      // A whole program may be a string. A string that runs inside another program is not the cell.
      cpython = {
        file,
        line: Number(number),
        call,
        isCell: isCellFile(file) || (file === STRING_FILE && frames.length === 0),
      };
      frames.push(fromCPython(cpython, place));
    } else if (repeated !== null) {
      const skipped = `${cpython!.call} at line ${cpython!.line} (${repeated[1]} times)`;
      frames.push({ body: [`    [... skipping similar frames: ${skipped}]`] });
    } else if (FRAME_HEAD.test(line)) {
      cpython = undefined;
      frames.push({ head: headOf(line), body: [] });
    } else if (cpython !== undefined && /^ {4}/.test(line)) {
      const frame = frames.at(-1)!;
      if (!MARKS.test(line) && frame.body.length === 0) frame.body.push(arrow(cpython.line, line.trim()));
    } else if (REMARK.test(line)) {
      frames.push({ body: [line] });
    } else {
      const frame = frames.at(-1);
      const isRemark = frame?.head === undefined && REMARK.test(frame?.body[0] ?? "");
      if (frame === undefined || isRemark) frames.push({ body: [line] });
      else if (OMISSION.test(frame.body.at(-1) ?? "")) frame.body.push(frame.body.pop() + line);
      else frame.body.push(line);
    }
  }
  return frames.filter(({ head }) => head === undefined || !KERNEL_HEAD.test(head)).map(withLine);
}

/** Converts the first line of a frame to the format of IPython 9. */
export function headOf(line: string): string {
  const old = OLD_CELL.exec(line);
  if (old === null) return line.replace(MODULE_CALL, "");
  const [, count, countInName, number = "", call] = old;
  const called = call === undefined ? "" : `, in ${call}`;
  const inCell = MODULE_CALL.exec(called);
  const where = number === "" && inCell?.[1] !== undefined ? `, line ${inCell[1]}` : number;
  return `Cell In[${count ?? countInName}]${where}${inCell === null ? called : ""}`;
}

/** Adds the line number to a cell's first line if only an arrow shows it, as in older IPython versions. */
function withLine({ head, body }: TracebackFrame): TracebackFrame {
  const number = body.map((line) => /^-+> *(\d+)/.exec(line)?.[1]).find((found) => found !== undefined);
  if (number === undefined) return { head, body };
  return { head: head?.replace(/^(Cell In\[\d+\])(?!, line)/, `$1, line ${number}`), body };
}

/** Formats the place of a line in a cell. */
export function cellLine(number: number, { executionCount }: TracebackOrigin): string {
  return `Cell In[${executionCount}], line ${number}`;
}

/** Whether a file name in CPython's format means the cell. */
export function isCellFile(file: string): boolean {
  return CELL_FILE.test(file);
}

/** A call in CPython's format: `File "x.py", line 3, in f`. */
interface CPythonFrame {
  file: string;
  line: number;
  call: string;
  /** Whether it is in the cell. */
  isCell: boolean;
}

function fromCPython({ file, line, call, isCell }: CPythonFrame, place: TracebackOrigin): TracebackFrame {
  const { code } = place;
  const where = call === "<module>" ? "" : `, in ${call}${parameters(call, isCell ? code : undefined)}`;
  if (!isCell) return { head: `File ${file}:${line}${where}`, body: [] };
  return {
    head: cellLine(line, place) + where,
    body: code === undefined ? [] : codeAround(code, line, where === "" ? CONTEXT_LINES : 0),
  };
}

/** Returns the names of a function's parameters in parentheses. They are empty unless the cell defines the function. */
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

/** Formats a line of code with IPython's arrow. The arrow and the number take seven columns. */
function arrow(number: number, text: string): string {
  return `${`> ${number}`.padStart(7, "-")} ${text}`;
}
