/**
 * Writes pieces of Python source on one line.
 *
 * @module
 */

import type { PythonNode } from "./python_tree.ts";

/** A line break within brackets or after a backslash, with the next line's indentation. */
const LINE_BREAK = /[ \t]*\\?\n[ \t]*/g;

/** Characters that a comment must not contain: CPython rejects NUL, and the others may end the line on a screen. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * Writes adjacent nodes on one line, without comments.
 *
 * @param code the code that the tree was parsed from
 * @param limit the length that the line may have, in characters
 * @returns `undefined` if the line would be longer, or if a string spans several lines
 */
export function oneLine(first: PythonNode, last: PythonNode, code: string, limit: number): string | undefined {
  const [from, to] = [first.from, last.to];
  // Comments and indentation rarely take more space than the short expression itself.
  if (to - from > 4 * limit) return undefined;
  let line = code.slice(from, to).trim();
  if (line.includes("\n")) {
    const joined = joinLines(first, last, code);
    if (joined === undefined) return undefined;
    line = joined;
  }
  return line.length <= limit ? line : undefined;
}

/** Shortens a text to one line of at most `limit` characters, so that it fits in a comment. */
export function commentText(text: string, limit: number): string {
  const line = text.slice(0, 4 * limit).replace(CONTROL, " ").trim();
  return line.length <= limit ? line : `${line.slice(0, limit).replace(/[\ud800-\udbff]$/, "")}...`;
}

function joinLines(first: PythonNode, last: PythonNode, code: string): string | undefined {
  let line = "";
  let done = first.from;
  let isOneLine = true;
  for (let node: PythonNode | null = first; node !== null && node.from <= last.from; node = node.nextSibling) {
    node.cursor().iterate(({ name, from, to }) => {
      if (name === "Comment") {
        line += code.slice(done, from);
        done = to;
      } else if ((name === "String" || name === "FormatString") && code.slice(from, to).includes("\n")) {
        isOneLine = false;
      }
    });
  }
  return isOneLine ? (line + code.slice(done, last.to)).replace(LINE_BREAK, " ").trim() : undefined;
}
