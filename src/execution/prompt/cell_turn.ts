/**
 * How a cell stands in the conversation: a user turn whose first line is IPython's prompt and whose rest is the code, verbatim.
 *
 * @module
 */

/** A code cell as it is sent to a model. */
export interface CellTurn {
  /** The cell's execution count, the `n` of `In [n]`. */
  executionCount: number;
  /** The cell's source, verbatim. */
  code: string;
}

/**
 * Writes a cell as the text of a user turn.
 *
 * @param cell the cell, and what its first line says besides the prompt: one line, nothing unless given
 */
export function formatCellTurn({ executionCount, code, hint = "" }: CellTurn & { hint?: string }): string {
  return `In [${executionCount}]:${hint === "" ? "" : ` ${hint}`}\n${code}`;
}

/** Reads a user turn back; `undefined` when it is not one of {@linkcode formatCellTurn}'s. */
export function parseCellTurn(text: string): CellTurn | undefined {
  const match = /^In \[(\d+)\][^\n]*\n/.exec(text);
  if (match === null) return undefined;
  return { executionCount: Number(match[1]), code: text.slice(match[0].length) };
}
