/**
 * Formats the summary of left-out cells as a user message at the beginning of the conversation: first the files that they named, if
 * any, then a line that explains the summary, then the definitions as Python code.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import { formatFiles, withoutFiles } from "./file_block.ts";

/** The summary of the cells that are left out of a conversation. */
export interface PastSummary {
  /** The execution counts of the first and the last of these cells. */
  from: number;
  to: number;
  /** Their definitions as executable Python code, in which `...` replaces omitted parts. */
  code: string;
}

const FIRST_LINE = /^Earlier: In \[(\d+)\] to In \[(\d+)\] have run\b[^\n]*\n/;

/**
 * Formats a summary as the text of a user message.
 *
 * @param summary the summary
 * @param files the files to describe. Default: none
 */
export function formatPastSummary({ from, to, code }: PastSummary, files: readonly CellFile[] = []): string {
  return `${
    formatFiles(files)
  }Earlier: In [${from}] to In [${to}] have run and are left out. What they defined exists, as it is shown here, shortened:\n${code}`;
}

/** Parses a user message. Returns `undefined` if it was not written by {@linkcode formatPastSummary}. */
export function parsePastSummary(text: string): PastSummary | undefined {
  const turn = withoutFiles(text);
  const match = FIRST_LINE.exec(turn);
  return match === null
    ? undefined
    : { from: Number(match[1]), to: Number(match[2]), code: turn.slice(match[0].length) };
}
