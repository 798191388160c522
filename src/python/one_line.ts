/**
 * Pieces of Python source on one line.
 *
 * @module
 */

import type { PythonNode } from "./python_tree.ts";

/** A line that is broken within brackets or by a backslash, with its indentation. */
const LINE_BREAK = /[ \t]*\\?\n[ \t]*/g;

/** What a comment may not hold: CPython reads no NUL, and the others may end the line on a screen. */
const CONTROL = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * Writes nodes that follow each other on one line, without comments.
 *
 * @param first the first of the nodes
 * @param last the last of them
 * @param code what their tree was made from
 * @param limit how long the line may be, in characters
 * @returns `undefined` when it would be longer, or when a string has several lines
 */
export function oneLine(first: PythonNode, last: PythonNode, code: string, limit: number): string | undefined {
  const [from, to] = [first.from, last.to];
  // Comments and indentation of a short expression are hardly longer than itself.
  if (to - from > 4 * limit) return undefined;
  let line = code.slice(from, to).trim();
  if (line.includes("\n")) {
    const joined = joinLines(first, last, code);
    if (joined === undefined) return undefined;
    line = joined;
  }
  return line.length <= limit ? line : undefined;
}

/** Makes a text fit for a comment: one line of at most so many characters. */
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
