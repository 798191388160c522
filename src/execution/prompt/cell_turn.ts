/**
 * Formats a cell as a user message: first the files that it names, if any, then a line with IPython's prompt, then the unchanged
 * code.
 *
 * @module
 */

import type { CellFile } from "../cell_file.ts";
import { formatFiles, withoutFiles } from "./file_block.ts";

/** A code cell as it is sent to a model. */
export interface CellTurn {
  /** The `n` of `In [n]`. */
  executionCount: number;
  /** The cell's source, unchanged. */
  code: string;
}

/** The parts of a cell's message besides its code. */
export interface CellTurnNotes {
  /** Text at the end of the prompt line, without a line break. Default: none. */
  hint?: string;
  /** The files to describe. Default: none. */
  files?: readonly CellFile[];
}

export function formatCellTurn({ executionCount, code, hint = "", files = [] }: CellTurn & CellTurnNotes): string {
  return `${formatFiles(files)}In [${executionCount}]:${hint === "" ? "" : ` ${hint}`}\n${code}`;
}

/** Parses a user message. Returns `undefined` if it was not written by {@linkcode formatCellTurn}. */
export function parseCellTurn(text: string): CellTurn | undefined {
  const turn = withoutFiles(text);
  const match = /^In \[(\d+)\][^\n]*\n/.exec(turn);
  if (match === null) return undefined;
  return { executionCount: Number(match[1]), code: turn.slice(match[0].length) };
}
