/**
 * How a cell stands in the conversation: a user turn that begins with the files it tells, if any; then comes a line with IPython's
 * prompt, and the rest is the code, verbatim.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import { formatFiles, withoutFiles } from "./file_block.ts";

/** A code cell as it is sent to a model. */
export interface CellTurn {
  /** The cell's execution count, the `n` of `In [n]`. */
  executionCount: number;
  /** The cell's source, verbatim. */
  code: string;
}

/** What a cell's turn says besides its code. */
export interface CellTurnNotes {
  /** What the line of the prompt ends with: one line. Default: nothing. */
  hint?: string;
  /** The files that it tells. Default: none. */
  files?: readonly CellFile[];
}

/** Writes a cell as the text of a user turn. */
export function formatCellTurn({ executionCount, code, hint = "", files = [] }: CellTurn & CellTurnNotes): string {
  return `${formatFiles(files)}In [${executionCount}]:${hint === "" ? "" : ` ${hint}`}\n${code}`;
}

/** Reads a user turn back; `undefined` when it is not one of {@linkcode formatCellTurn}'s. */
export function parseCellTurn(text: string): CellTurn | undefined {
  const turn = withoutFiles(text);
  const match = /^In \[(\d+)\][^\n]*\n/.exec(turn);
  if (match === null) return undefined;
  return { executionCount: Number(match[1]), code: turn.slice(match[0].length) };
}
