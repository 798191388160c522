/**
 * Counts the comment lines of a file.
 *
 * @module
 */

import ts from "typescript";
import { commentRanges } from "./read_comments.ts";

/** Empty lines are not counted. */
export interface LineCounts {
  code: number;
  /** Lines that begin with a comment or inside one. */
  comments: number;
}

export function countLines(path: string, source: string): LineCounts {
  const ranges = commentRanges(ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true));
  const counts: LineCounts = { code: 0, comments: 0 };
  for (const { index } of source.matchAll(/^[^\S\n]*(?=\S)/gm)) {
    const start = index + source.slice(index).search(/\S/);
    counts[ranges.some(({ pos, end }) => pos <= start && start < end) ? "comments" : "code"] += 1;
  }
  return counts;
}
