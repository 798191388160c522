/**
 * Parses a traceback: the calls, the lines of code, and the lines that arrows point at.
 *
 * @module
 */

import { stripVTControlCharacters } from "node:util";
import { FRAME_HEAD, MARKS } from "../../src/execution/traceback/traceback_frames.ts";
import type { Shown } from "../eval_run.ts";
import { maskVarying } from "../mask_varying.ts";

export interface TracebackLine {
  /** The text without colours, layout and parts that vary between two runs. */
  text: string;
  /** The colours. Lines that are coloured alike have the same text here. */
  colours: string;
}

/** The parts of a traceback that are scored, in order. */
export interface TracebackParts {
  /** The heads of calls: `Cell In[3], line 1, in f(x)`. */
  frames: TracebackLine[];
  /** All other lines: code with its number, remarks, the exceptions that led to this one, notes. */
  lines: TracebackLine[];
  /** The lines that an arrow points at, and the columns of carets. */
  arrows: TracebackLine[];
}

/**
 * The lines that are the same for every exception: the rule, and the line above the calls with the exception's name.
 */
const FURNITURE = /^-{20,}$|^\S.*Traceback \(most recent call last\)$/;

/** A line of code, with an arrow or without one. Masked line numbers of Python's library are `<line>`. */
const CODE = /^(-*>)? *(\d+|<line>)(?: (.*))?$/;

/** Parses a traceback. Its last lines, the name and the message, are left out: they are compared as the exception. */
export function parseTraceback(error: Shown["error"]): TracebackParts {
  const parts: TracebackParts = { frames: [], lines: [], arrows: [] };
  if (error === undefined) return parts;
  const painted = error.traceback.join("\n").split("\n");
  const masked = maskVarying(stripVTControlCharacters(painted.join("\n"))).split("\n").map((line) => line.trimEnd());
  const message = lastIndexOf(masked, error);
  for (const [index, line] of masked.entries()) {
    const isMessage = message <= index && index < message + error.evalue.split("\n").length;
    if (line === "" || FURNITURE.test(line) || isMessage) continue;
    addLine(parts, line, coloursOf(painted[index] ?? ""));
  }
  return parts;
}

function addLine({ frames, lines, arrows }: TracebackParts, line: string, colours: string): void {
  const code = CODE.exec(line);
  if (FRAME_HEAD.test(line.trim())) frames.push({ text: line.trim(), colours });
  else if (code !== null) {
    const numbered = { text: `${code[2]} ${code[3] ?? ""}`, colours };
    lines.push(numbered);
    if (code[1] !== undefined) arrows.push(numbered);
  } else if (MARKS.test(line)) arrows.push({ text: line, colours });
  else lines.push({ text: line.replace(/\s+/g, " ").trim(), colours });
}

/** Finds the line with the name and the message; `Infinity` where there is none. */
function lastIndexOf(lines: readonly string[], { ename }: NonNullable<Shown["error"]>): number {
  const index = lines.findLastIndex((line) => line === ename || line.startsWith(`${ename}:`));
  return index === -1 ? Infinity : index;
}

/** Describes the colours of a line. Numbers do not matter: some of them vary. */
function coloursOf(painted: string): string {
  // deno-lint-ignore no-control-regex -- colours are what is looked for
  const pieces = painted.trimEnd().split(/(\x1b\[[\d;]*m)/);
  return pieces.map((piece, index) => index % 2 === 1 ? piece : piece.replace(/0x[\da-f]+|\d+/gi, "0")).join("");
}
