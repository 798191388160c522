/**
 * A cell of the notebook in the form that the assistant uses.
 *
 * @module
 */

import type { CellFile } from "../execution/cell_file.ts";
import type { CellOutput } from "../execution/cell_output.ts";

/** A cell above a question, with its current content. */
export interface NotebookCell {
  /** The type of the cell: `code`, `markdown`, `sql`, `raw` or `ai`. */
  cellType: string;
  source: string;
  /** The outputs of the cell, in order. The answer of an AI cell is a list of Markdown displays. */
  outputs: readonly CellOutput[];
  /** The `n` of `In [n]`, if the cell is a code cell that has run. */
  executionCount?: number;
  /** The uploaded files that the cell named when it last ran. Default: none. */
  files?: readonly CellFile[];
  /** Whether the cell is hidden from the AI. Default: false. */
  isHidden?: boolean;
}

/** Returns the answer of an AI cell: the Markdown that it shows. Empty if there is none. */
export function answerOf({ outputs }: NotebookCell): string {
  return outputs.map((output) => {
    const markdown = output.type === "display_data" ? output.data["text/markdown"] : undefined;
    return typeof markdown === "string" ? markdown : "";
  }).join("").trim();
}
