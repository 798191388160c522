/**
 * Formats a cell above a question for the assistant.
 *
 * @module
 */

import { shorten } from "../execution/prompt/shorten.ts";
import { fenced } from "./fenced.ts";
import type { NotebookCell } from "./notebook_cell.ts";
import { formatOutputs } from "./format_outputs.ts";

/** The length to which a cell is shortened, in characters. */
export interface CellLimits {
  /** For its source. */
  source: number;
  /** For all of its outputs together. */
  outputs: number;
}

/** The name of each cell type, and the language of its source. */
const KINDS: Record<string, { name: string; language: string }> = {
  code: { name: "Code cell", language: "python" },
  sql: { name: "SQL cell", language: "sql" },
  markdown: { name: "Markdown cell", language: "markdown" },
};

/** Formats the source of a cell: a heading and a fenced block. */
export function formatSource(
  { cellType, source, executionCount }: NotebookCell,
  { source: limit }: CellLimits,
): string {
  const { name, language } = KINDS[cellType] ?? { name: "Raw cell", language: "" };
  const number = executionCount === undefined ? cellType === "code" ? ", not run" : "" : ` In [${executionCount}]`;
  return `${name}${number}:\n${fenced(shorten(source, limit), language)}`;
}

/** Formats the outputs of a cell. Returns the empty text if there are none. */
export function formatCellOutputs({ outputs }: NotebookCell, { outputs: limit }: CellLimits): string {
  const text = formatOutputs(outputs, limit);
  return text === "" ? "" : `Output:\n${fenced(text)}`;
}
