/**
 * Tells the assistant of a cell above its question.
 *
 * @module
 */

import { shorten } from "../execution/prompt/shorten.ts";
import { fenced } from "./fenced.ts";
import type { NotebookCell } from "./notebook_cell.ts";
import { tellOutputs } from "./tell_output.ts";

/** How much of a cell is told, in characters. */
export interface CellLimits {
  /** Of its text. */
  source: number;
  /** Of its outputs together. */
  outputs: number;
}

/** How a type of cell is called, and the language of its text. */
const KINDS: Record<string, { name: string; language: string }> = {
  code: { name: "Code cell", language: "python" },
  sql: { name: "SQL cell", language: "sql" },
  markdown: { name: "Markdown cell", language: "markdown" },
};

/** Tells a cell's text: a heading, and the text in a fenced block. */
export function tellSource({ cellType, source, executionCount }: NotebookCell, { source: limit }: CellLimits): string {
  const { name, language } = KINDS[cellType] ?? { name: "Raw cell", language: "" };
  const number = executionCount === undefined ? cellType === "code" ? ", not run" : "" : ` In [${executionCount}]`;
  return `${name}${number}:\n${fenced(shorten(source, limit), language)}`;
}

/** Tells what stands under a cell; nothing where nothing does. */
export function tellCellOutputs({ outputs }: NotebookCell, { outputs: limit }: CellLimits): string {
  const told = tellOutputs(outputs, limit);
  return told === "" ? "" : `Output:\n${fenced(told)}`;
}
