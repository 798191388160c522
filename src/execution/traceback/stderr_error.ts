/**
 * Handles exceptions that IPython writes to stderr, without an error output: exception groups and usage errors of magics.
 *
 * @module
 */

import { GROUP_HEADER, groupText } from "./group_text.ts";
import type { ReportedException } from "./traceback.ts";
import { LINK, tracebackLines } from "./traceback_reader.ts";

/** The exception that an unknown magic, or one with wrong arguments, raises. */
const USAGE_ERROR = "UsageError";

/** The usage error at the end of a text. */
const USAGE_LINE = /(?:^|\n)UsageError: ([^\n]*)\n?$/;

/** The beginning of a traceback that is not inside a group. */
const OUTER_HEADER = /^(?:Traceback| {2}\+ Exception Group Traceback) \(most recent call last\):$/;

/** The last line of an exception: its class and its message. In a group, it follows a bar. */
const LAST_LINE = /^(?: {2}\| )?((?:\w+\.)*(\w+))(?:: (.*))?$/;

/**
 * Returns the text that IPython writes to stderr for an exception.
 *
 * @returns the text with a newline at its end, or `undefined` if IPython shows the exception as an error output
 */
export function stderrText({ ename, evalue, traceback, ...place }: ReportedException): string | undefined {
  const message = tracebackLines(evalue).join("\n");
  const lines = tracebackLines(traceback);
  if (ename.trim() !== USAGE_ERROR) return groupText(lines, ename.trim(), message, place);
  const said = message === "" ? lines.at(-1)?.replace(/^UsageError:? */, "") ?? "" : message;
  return `${USAGE_ERROR}: ${said}\n`;
}

/** An exception at the end of a text. */
export interface ErrorInStderr {
  /** The text before it. */
  before: string;
  ename: string;
  evalue: string;
  traceback: string[];
}

/**
 * Finds the exception that ended a cell in the cell's stderr. Call it only for failed cells, because a cell that prints an
 * exception has the same text.
 */
export function findErrorInStderr(text: string): ErrorInStderr | undefined {
  const usage = USAGE_LINE.exec(text);
  if (usage !== null) {
    const line = `${USAGE_ERROR}: ${usage[1]}`;
    const before = text.slice(0, text.lastIndexOf(line));
    return { before, ename: USAGE_ERROR, evalue: usage[1], traceback: [line] };
  }
  const lines = tracebackLines(text);
  const last = lines.findLastIndex((line) => OUTER_HEADER.test(line));
  const from = beginningOf(lines, last);
  const end = LAST_LINE.exec(lines.slice(last + 1).find((line) => LAST_LINE.test(line)) ?? "");
  if (last === -1 || end === null || !lines.slice(from).some((line) => GROUP_HEADER.test(line))) return undefined;
  const before = text.split("\n").slice(0, from).map((line) => `${line}\n`).join("");
  return { before, ename: end[2], evalue: end[3] ?? "", traceback: lines.slice(from) };
}

/** Returns the index at which a chain of exceptions begins, given the index of its last one. */
function beginningOf(lines: readonly string[], last: number): number {
  const before = lines.slice(0, Math.max(0, last)).findLastIndex((line) => line !== "");
  if (before === -1 || !LINK.test(lines[before])) return last;
  const earlier = lines.slice(0, before).findLastIndex((line) => OUTER_HEADER.test(line));
  return earlier === -1 ? last : beginningOf(lines, earlier);
}
