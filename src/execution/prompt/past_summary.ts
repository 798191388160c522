/**
 * Formats the summary of left-out cells as a user message at the beginning of the conversation: first the files that they named, if
 * any, then a line that explains the summary, then the definitions as Python code. A message before the last cell has the same form
 * and repeats in full what that cell needs.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import { formatFiles, withoutFiles } from "./file_block.ts";

/** The definitions of earlier cells. */
export interface PastSummary {
  /** The execution counts of the first and the last of these cells. */
  from: number;
  to: number;
  /** Their definitions as executable Python code, in which `...` replaces omitted parts. */
  code: string;
  /** Whether this repeats what the last cell needs, instead of summarizing left-out cells. Default: `false`. */
  isRecall?: boolean;
}

const LEFT_OUT = "have run and are left out. What they defined exists, as it is shown here, shortened:";
const RECALLED = "have run. What the next cell needs of them, once more in full and in order:";

const FIRST_LINE = /^Earlier: In \[(\d+)\] to In \[(\d+)\] (have run\b[^\n]*)\n/;

export function formatPastSummary(
  { from, to, code, isRecall = false }: PastSummary,
  files: readonly CellFile[] = [],
): string {
  return `${formatFiles(files)}Earlier: In [${from}] to In [${to}] ${isRecall ? RECALLED : LEFT_OUT}\n${code}`;
}

/** Parses a user message. Returns `undefined` if it was not written by {@linkcode formatPastSummary}. */
export function parsePastSummary(text: string): PastSummary | undefined {
  const turn = withoutFiles(text);
  const match = FIRST_LINE.exec(turn);
  if (match === null) return undefined;
  const [line, from, to, what] = match;
  const summary = { from: Number(from), to: Number(to), code: turn.slice(line.length) };
  return what === RECALLED ? { ...summary, isRecall: true } : summary;
}
