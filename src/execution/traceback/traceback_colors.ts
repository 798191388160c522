/**
 * The colours of IPython's tracebacks, as IPython 8.5 writes them in its scheme "Linux".
 *
 * @module
 */

import { highlightPython } from "../../python/highlight_python.ts";
import { tracebackPalette } from "./traceback_palette.ts";
import type { SyntaxLine, TracebackFrame } from "./traceback_frames.ts";

/** The width of the rule and of the header below it (IPython: `min(75, get_terminal_size()[0])`). */
const WIDTH = 75;

const RESET = "\x1b[0m";
const RED = "\x1b[0;31m";
const GREEN = "\x1b[0;32m";
const BLUE = "\x1b[0;34m";
const CYAN = "\x1b[0;36m";
const BOLD_GREEN = "\x1b[1;32m";

const HEADER_END = "Traceback (most recent call last)";

/** `Cell`, where it is, and the call with its parameters. */
const HEAD = /^(Cell |Input |File |)(.*?)(?:, in ([^(]*)(\(.*\))?)?$/s;

/** The part of a frame's line before the code. */
const NUMBER = /^(?:-+>)? *\d+(?= |$)/;

/** Lines of a frame that are not code: what is left out. */
const OMISSION = /^ *\(\.\.\.\)$/;
const REMARK = /^(\s*)(\[\.\.\. .*\])$/;

/** The rule above a traceback. */
export function paintRule(): string {
  return RED + "-".repeat(WIDTH) + RESET;
}

/** The header of an exception: its class at the left, the words at the right. */
export function paintHeader(ename: string): string {
  return RED + ename + RESET + " ".repeat(Math.max(1, WIDTH - ename.length - HEADER_END.length)) + HEADER_END;
}

/**
 * The last line of an exception.
 *
 * @param message what follows the class, with its colon
 */
export function paintError(ename: string, message = ""): string {
  return RED + ename + RESET + message;
}

/** The last line where IPython lists no calls: of a syntax error and of `SystemExit`. The colon is red too. */
export function paintSourceError(ename: string, message = ""): string {
  return paintError(ename, message.startsWith(":") ? `${RED}:${RESET}${message.slice(1)}` : message);
}

/** One call and the code around it. */
export function paintFrame({ head, body }: TracebackFrame): string {
  const numbers = body.map((line) => NUMBER.exec(line)?.[0] ?? "");
  const source = body.map((line, index) => line.slice(numbers[index].length + 1)).join("\n");
  const code = highlightPython(source, tracebackPalette).split("\n");
  const lines = body.map((line, index) => {
    if (OMISSION.test(line)) return GREEN + line + RESET;
    if (REMARK.test(line)) return line.replace(REMARK, `$1${RED}$2${RESET}`);
    if (numbers[index] === "") return line;
    const number = (numbers[index].startsWith("-") ? GREEN : BOLD_GREEN) + numbers[index] + RESET;
    return line === numbers[index] ? number : `${number} ${code[index]}`;
  });
  return head === undefined ? lines.join("\n") : [paintHead(head), ...lines].join("\n");
}

/** A line of what a syntax error shows. */
export function paintSyntaxLine({ kind, text }: SyntaxLine): string {
  switch (kind) {
    case "head":
      return paintSyntaxHead(text);
    case "code":
      return RED + text + RESET;
    case "caret":
      return RESET + text + RESET;
  }
}

function paintSyntaxHead(head: string): string {
  const [, kind, where] = HEAD.exec(head)!;
  return `${CYAN}  ${kind}${GREEN}${where}${CYAN}${RESET}`;
}

function paintHead(head: string): string {
  const [, kind, where, call, parameters = ""] = HEAD.exec(head)!;
  const place = kind + GREEN + where + RESET;
  if (call === undefined) return place;
  return `${place}, in ${CYAN}${call}${parameters === "" ? "" : BLUE + parameters}${RESET}`;
}
