/**
 * AI cells in notebook files. The format has no such cells, so each becomes a Markdown cell with the question, followed by one
 * for each part of the answer. Every reader of notebooks shows them, none executes them, and their metadata identify them.
 *
 * | `metadata.aipython` | of a Markdown cell |
 * | --- | --- |
 * | `{ai: "question", model?}` | the cell itself under its own id, and the model that answered it, if it is known |
 * | `{ai: "answer", question: ID, output?}` | an output of that cell: its Markdown, or `output` in the format's form with a
 * description as text |
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import { isJsonObject, type JsonObject } from "../../../src/nbformat/json_text.ts";
import type { FileCell } from "../../../src/nbformat/notebook_file.ts";
import { readOutput } from "../../../src/nbformat/read_output.ts";
import { writeOutput } from "../../../src/nbformat/write_output.ts";

/** The longest id of a cell in a file, in characters. */
const LONGEST_ID = 64;

/** A cell as the page has it: a cell of a file, or an AI cell with its answer. */
export type PageCell = Omit<FileCell, "type"> & { type: FileCell["type"] | "ai" };

/**
 * Writes an AI cell and its answer as cells of a file.
 *
 * @param model the model that answered the cell here. Default: the one in the cell's metadata
 */
export function writeQuestion(cell: Omit<PageCell, "type">, model?: string): FileCell[] {
  const { id, source, metadata, attachments, outputs } = cell;
  const answerer = model ?? (isJsonObject(metadata.aipython) ? metadata.aipython.model : undefined);
  const question: FileCell = {
    type: "markdown",
    ...id === undefined ? {} : { id },
    source,
    metadata: {
      ...metadata,
      aipython: { ai: "question", ...typeof answerer === "string" ? { model: answerer } : {} },
    },
    ...attachments === undefined ? {} : { attachments },
    outputs: [],
  };
  return [question, ...outputs.map((output, index) => writeAnswer(output, id, index))];
}

/** Reads AI cells and their answers from the cells of a file. An answer that does not follow its question stays a Markdown cell. */
export function readQuestions(cells: readonly FileCell[]): PageCell[] {
  const read: PageCell[] = [];
  let question: PageCell | undefined;
  for (const cell of cells) {
    const mark = markOf(cell);
    if (mark?.ai === "answer" && question !== undefined && isSame(mark.question, question.id)) {
      question.outputs = [...question.outputs, readAnswer(cell, mark)];
      continue;
    }
    question = undefined;
    if (mark?.ai === "question") question = { ...cell, type: "ai" };
    read.push(question ?? cell);
  }
  return read;
}

/** Whether a cell of a file is the question or the answer of an AI cell. `undefined` if it is neither. */
export function partOfQuestion(cell: Pick<PageCell, "type" | "metadata">): "question" | "answer" | undefined {
  const part = markOf(cell)?.ai;
  return part === "question" || part === "answer" ? part : undefined;
}

/** Removes the marks from a cell that is no longer a question, or an answer without its question. */
export function withoutPart<Cell extends PageCell>(cell: Cell): Cell {
  if (markOf(cell)?.ai === undefined) return cell;
  const { aipython: _, ...metadata } = cell.metadata;
  return { ...cell, metadata };
}

function writeAnswer(output: CellOutput, question: string | undefined, index: number): FileCell {
  const id = `${question}-answer-${index + 1}`;
  const markdown = markdownOf(output);
  const mark: JsonObject = {
    ai: "answer",
    ...question === undefined ? {} : { question },
    ...markdown === undefined ? { output: writeOutput(output, undefined).json } : {},
  };
  return {
    type: "markdown",
    ...question === undefined || id.length > LONGEST_ID ? {} : { id },
    source: markdown ?? describe(output),
    metadata: { aipython: mark },
    outputs: [],
  };
}

function readAnswer({ source }: FileCell, { output }: JsonObject): CellOutput {
  const kept = isJsonObject(output) ? readOutput(output) : undefined;
  return kept ?? { type: "display_data", data: { "text/markdown": source } };
}

/** Returns the text of an output that contains only Markdown. */
export function markdownOf(output: CellOutput): string | undefined {
  if (output.type !== "display_data" || Object.keys(output.metadata ?? {}).length > 0) return undefined;
  const { "text/markdown": markdown, ...others } = output.data;
  return typeof markdown === "string" && Object.keys(others).length === 0 ? markdown : undefined;
}

/** Describes an output for other readers as an indented code block, which no line of the text can end. */
function describe(output: CellOutput): string {
  const text = output.type === "stream"
    ? output.text
    : output.type === "error"
    ? `${output.ename}: ${output.evalue}`
    : String(output.data["text/plain"] ?? "An output that is not text.");
  return text.trimEnd().split("\n").map((line) => `    ${line}`).join("\n");
}

function markOf({ type, metadata: { aipython } }: Pick<PageCell, "type" | "metadata">): JsonObject | undefined {
  return type === "markdown" && isJsonObject(aipython) ? aipython : undefined;
}

function isSame(named: unknown, id: string | undefined): boolean {
  return named === undefined || named === id;
}
