/**
 * How the cells that no longer go out are told: a user turn at the beginning of the conversation that begins with the files they
 * named, if any; then comes a line that says so, and the rest is what they defined, as Python. A turn before the last cell recalls in
 * the same form what that cell needs and the turns before do not tell in full.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import { formatFiles, withoutFiles } from "./file_block.ts";

/** Cells, and what they defined. */
export interface PastSummary {
  /** The execution counts of the first and of the last of them. */
  from: number;
  to: number;
  /** What they defined, as Python that can be run: what is shortened stands as `...`. */
  code: string;
  /** Whether it recalls what the last cell needs, rather than to tell the cells that are left out. Default: `false`. */
  isRecall?: boolean;
}

const LEFT_OUT = "have run and are left out. What they defined exists, as it is shown here, shortened:";
const RECALLED = "have run. What the next cell needs of them, once more in full and in order:";

const FIRST_LINE = /^Earlier: In \[(\d+)\] to In \[(\d+)\] (have run\b[^\n]*)\n/;

/**
 * Writes a summary as the text of a user turn.
 *
 * @param files the files that it tells. Default: none
 */
export function formatPastSummary(
  { from, to, code, isRecall = false }: PastSummary,
  files: readonly CellFile[] = [],
): string {
  return `${formatFiles(files)}Earlier: In [${from}] to In [${to}] ${isRecall ? RECALLED : LEFT_OUT}\n${code}`;
}

/** Reads a user turn back; `undefined` when it is not one of {@linkcode formatPastSummary}'s. */
export function parsePastSummary(text: string): PastSummary | undefined {
  const turn = withoutFiles(text);
  const match = FIRST_LINE.exec(turn);
  if (match === null) return undefined;
  const [line, from, to, what] = match;
  const summary = { from: Number(from), to: Number(to), code: turn.slice(line.length) };
  return what === RECALLED ? { ...summary, isRecall: true } : summary;
}
