/**
 * Questions to the AI in notebook files, whose format knows no such cells: a cell of text with the question, and behind it one with each
 * part of the answer. Every reader of notebooks shows them, nothing executes them, and their metadata say what they are.
 *
 * | `metadata.aipython` | of a markdown cell |
 * | --- | --- |
 * | `{ai: "question", model?}` | the cell itself, under its own id, and the model that has answered it, if anybody knows |
 * | `{ai: "answer", question: ID, output?}` | an output of that cell: its markdown, or how the `output` reads, which is in the form of a file |
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

/** A cell as the page has it: one of a file, or a question with its answer. */
export type PageCell = Omit<FileCell, "type"> & { type: FileCell["type"] | "ai" };

/**
 * Writes a question and its answer as cells of a file.
 *
 * @param model the model that has answered it here. Default: the one that its metadata name
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

/** Reads questions and their answers out of the cells of a file. An answer whose question is not right before it is a cell of text. */
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

/** Whether a cell of a file is a question to the AI, or an answer of it. */
export function partOfQuestion(cell: Pick<PageCell, "type" | "metadata">): "question" | "answer" | undefined {
  const part = markOf(cell)?.ai;
  return part === "question" || part === "answer" ? part : undefined;
}

/** The metadata of a cell that is no question any more, or an answer without one. */
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

/** The text of an output that is markdown and nothing else. */
export function markdownOf(output: CellOutput): string | undefined {
  if (output.type !== "display_data" || Object.keys(output.metadata ?? {}).length > 0) return undefined;
  const { "text/markdown": markdown, ...others } = output.data;
  return typeof markdown === "string" && Object.keys(others).length === 0 ? markdown : undefined;
}

/** An output for readers who do not know it: in a block, which no line of its own ends. */
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
