/**
 * How the cells that no longer go out are told: a user turn at the beginning of the conversation that begins with the files they
 * named, if any; then comes a line that says so, and the rest is what they defined, as Python.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import { formatFiles, withoutFiles } from "./file_block.ts";

/** The cells that are left out of a conversation, and what they defined. */
export interface PastSummary {
  /** The execution counts of the first and of the last of them. */
  from: number;
  to: number;
  /** What they defined, as Python that can be run: what is shortened stands as `...`. */
  code: string;
}

const FIRST_LINE = /^Earlier: In \[(\d+)\] to In \[(\d+)\] have run\b[^\n]*\n/;

/**
 * Writes a summary as the text of a user turn.
 *
 * @param files the files that it tells. Default: none
 */
export function formatPastSummary({ from, to, code }: PastSummary, files: readonly CellFile[] = []): string {
  return `${
    formatFiles(files)
  }Earlier: In [${from}] to In [${to}] have run and are left out. What they defined exists, as it is shown here, shortened:\n${code}`;
}

/** Reads a user turn back; `undefined` when it is not one of {@linkcode formatPastSummary}'s. */
export function parsePastSummary(text: string): PastSummary | undefined {
  const turn = withoutFiles(text);
  const match = FIRST_LINE.exec(turn);
  return match === null
    ? undefined
    : { from: Number(match[1]), to: Number(match[2]), code: turn.slice(match[0].length) };
}
