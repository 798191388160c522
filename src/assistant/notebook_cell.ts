/**
 * A cell of the notebook, as the assistant is told of it.
 *
 * @module
 */

import type { CellFile } from "../execution/cell_file.ts";
import type { CellOutput } from "../execution/cell_output.ts";

/** A cell above a question, as it stands in the notebook now. */
export interface NotebookCell {
  /** What it holds: `code`, `markdown`, `sql`, `raw`, `ai`. */
  cellType: string;
  /** Its text. */
  source: string;
  /** What is shown under it, in order; the answer of an AI cell as Markdown displays. */
  outputs: readonly CellOutput[];
  /** The `n` of `In [n]`, of a cell of code that has run. */
  executionCount?: number;
  /** The uploaded files that it named when it was run last. Default: none. */
  files?: readonly CellFile[];
  /** Whether somebody has hidden it from the AI. Default: false. */
  isHidden?: boolean;
}

/** The Markdown under an AI cell, which is its answer; empty where it has none. */
export function answerOf({ outputs }: NotebookCell): string {
  return outputs.map((output) => {
    const markdown = output.type === "display_data" ? output.data["text/markdown"] : undefined;
    return typeof markdown === "string" ? markdown : "";
  }).join("").trim();
}
