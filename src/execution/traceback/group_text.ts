/**
 * Writes exception groups in Python's own format, which IPython shows unchanged.
 *
 * @module
 */

import { readFrames, type TracebackFrame, type TracebackOrigin } from "./traceback_frames.ts";
import { readTraceback, type TracebackSection } from "./traceback_reader.ts";

/** The header of a group. Nested groups are indented after a bar. */
export const GROUP_HEADER = /^[ |]*\+ Exception Group Traceback \(most recent call last\):\s*$/;

const GROUPS: ReadonlySet<string> = new Set(["ExceptionGroup", "BaseExceptionGroup"]);

/** The end of a group's `str()`, for any class. */
const GROUP_MESSAGE = /\(\d+ sub-exceptions?\)$/;

/** The parts of a frame's first line. */
const HEAD = /^(?:File )?(.*?)(?::|, line )(\d+)(?:, in ([^(]*)(?:\(.*\))?)?$/;
const ARROW = /^-*> ?\d+ (.*)$/;

/**
 * Writes the text of a chain of exceptions that contains a group. A traceback in Python's format is used as it is. Otherwise, the
 * text is built from the reported frames and lacks the exceptions inside the group.
 *
 * @param lines the traceback in any format, without control sequences
 * @param ename the class of the exception that ended the cell
 * @param evalue its message, without control sequences
 * @returns the text with a newline at its end, or `undefined` if there is no group
 */
export function groupText(
  lines: readonly string[],
  ename: string,
  evalue: string,
  place: TracebackOrigin,
): string | undefined {
  const inMessage = evalue.split("\n");
  if (lines.some((line) => GROUP_HEADER.test(line) && !inMessage.includes(line))) {
    return `${lines.map(indentHeader).join("\n")}\n`;
  }
  const sections = readTraceback(lines, ename, evalue);
  const last = sections[sections.length - 1];
  last.message ??= evalue === "" ? "" : `: ${evalue}`;
  if (!sections.some(isGroup)) return undefined;
  return sections.map((section) => sectionText(section, place)).join("");
}

/** Indents the outermost header like the lines that follow it. */
function indentHeader(line: string): string {
  return line.startsWith("+ ") ? `  ${line}` : line;
}

function isGroup({ ename = "", message = "" }: TracebackSection): boolean {
  return GROUPS.has(ename) || GROUP_MESSAGE.test(message.split("\n")[0]);
}

function sectionText(section: TracebackSection, place: TracebackOrigin): string {
  const { ename = "Exception", lines, message = "", notes, link } = section;
  const end = `${ename}${message.replace(/^:\s*$/, "")}`;
  const body = [...readFrames(lines, place).flatMap(frameText), ...end.split("\n"), ...notes];
  const text = isGroup(section)
    ? ["  + Exception Group Traceback (most recent call last):", ...body.map((line) => `  | ${line}`)]
    : ["Traceback (most recent call last):", ...body];
  return [...text, ...(link === undefined ? [] : ["", link, ""])].map((line) => `${line}\n`).join("");
}

/** Writes a frame in CPython's format. */
function frameText({ head, body }: TracebackFrame): string[] {
  const [, file, line, call = "<module>"] = HEAD.exec(head ?? "") ?? [];
  if (file === undefined) return [];
  const code = body.map((line) => ARROW.exec(line)?.[1].trim()).find((found) => found !== undefined);
  return [`  File "${file}", line ${line}, in ${call}`, ...(code ? [`    ${code}`] : [])];
}
