/**
 * Explains why a text is not JSON, with the position and the probable cause.
 *
 * @module
 */

import { parse, type ParseError } from "jsonc-parser";
import { replaceWords } from "./json_text.ts";

/** The conflict markers of git. */
const CONFLICT = /^(?:<{7} |\|{7} |>{7} )/m;

/** The length of the part of a line that is shown, in characters. */
const SHOWN = 40;

/** Explains the first problem of a text that is not JSON. Returns a phrase that completes "the notebook is not JSON: ". */
export function describeJsonProblem(text: string): string {
  const conflict = CONFLICT.exec(text);
  if (conflict !== null) {
    return `line ${lineOf(text, conflict.index)} has the marker of a merge conflict, ` +
      `${conflict[0].trim()}; resolve the conflict, then run it again`;
  }
  const errors: ParseError[] = [];
  parse(replaceWords(text, (word) => "1".repeat(word.length)), errors, { disallowComments: true });
  const offset = errors[0]?.offset ?? text.length;
  if (text.slice(offset).trim() === "") {
    return `it ends unexpectedly at line ${lineOf(text, text.trimEnd().length)}; the file seems to be cut off`;
  }
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const found = JSON.stringify(text.slice(offset, offset + SHOWN).split("\n")[0]);
  return `line ${lineOf(text, offset)}, column ${offset - lineStart + 1} has ${found}, which is not expected there`;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
