/**
 * Reads the text outside of marked cells in Jupytext's light format: paragraphs of comments are markdown, and a code cell ends at the next
 * blank line between statements.
 *
 * @module
 */

import { childrenOf, parsePython } from "../python/python_tree.ts";
import { commentText, isComment } from "./comment_text.ts";
import type { FileCell } from "./notebook_file.ts";

/** Splits a text into cells. */
export function readLightCells(text: string): FileCell[] {
  const statements = childrenOf(parsePython(text).topNode);
  const insideStatement = (at: number) => statements.some(({ from, to }) => from < at && at < to);
  const starts = [...text.matchAll(/\n[ \t]*\n(?=\S)/g)]
    .map(({ index, 0: gap }) => index + gap.length)
    .filter((at) => !insideStatement(at));
  return [0, ...starts]
    .map((from, index, all) => text.slice(from, all[index + 1]).replace(/^(?:[ \t]*\n)+/, "").trimEnd())
    .filter((paragraph) => paragraph !== "")
    .map((paragraph): FileCell =>
      isComment(paragraph)
        ? { type: "markdown", source: commentText(paragraph), metadata: {}, outputs: [] }
        : { type: "code", source: paragraph, metadata: {}, outputs: [] }
    );
}
