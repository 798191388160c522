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

/** Writes a cell as the text of a user turn. */
export function formatCellTurn({ executionCount, code }: CellTurn): string {
  return `In [${executionCount}]:\n${code}`;
}

/** Reads a user turn back; `undefined` when it is not one of {@linkcode formatCellTurn}'s. */
export function parseCellTurn(text: string): CellTurn | undefined {
  const match = /^In \[(\d+)\][^\n]*\n/.exec(text);
  if (match === null) return undefined;
  return { executionCount: Number(match[1]), code: text.slice(match[0].length) };
}
