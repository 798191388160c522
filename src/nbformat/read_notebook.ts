/**
 * Reads a notebook file of nbformat 2 to 4: its cells and their recorded outputs. It also reads invalid files, as far as they can be
 * understood.
 *
 * @module
 */

import { describeJsonProblem } from "./json_problem.ts";
import { ExactNumber, type FileJson, isJsonObject, type JsonObject, parseJson, toPlainJson } from "./json_text.ts";
import { multiline } from "./multiline.ts";
import { type FileCell, type NotebookFile, NotebookFileError, titleOf } from "./notebook_file.ts";
import { readOutput } from "./read_output.ts";
import { upgradeCell, upgradeNotebook } from "./upgrade_notebook.ts";

/** The newest and the oldest format that can be read. */
const NEWEST = 4;
const OLDEST = 2;

/** The keys of a cell in nbformat 4. */
const CELL_KEYS = ["cell_type", "id", "metadata", "source", "attachments", "execution_count", "outputs"];

/**
 * Reads the text of an `.ipynb` file.
 *
 * @throws {NotebookFileError} the text is not a notebook of nbformat 2 to 4; the message says what is wrong, and where
 */
export function readNotebook(text: string): NotebookFile {
  const notebook = parse(text.replace(/^\uFEFF/, ""));
  if (!isJsonObject(notebook)) throw new NotebookFileError("the notebook is not an object");
  const { metadata, cells: given } = currentForm(notebook);
  const notes: string[] = [];
  const cells = given.map((cell, index) => readCell(cell, index, notes));
  return { title: titleOf(metadata, cells), metadata, cells, notes };
}

function parse(text: string): FileJson {
  if (text.trim() === "") throw new NotebookFileError("the notebook is empty, which is not JSON");
  try {
    return parseJson(text);
  } catch (cause) {
    throw new NotebookFileError(`the notebook is not JSON: ${describeProblem(text, cause)}`, { cause });
  }
}

/** Describes why a text is not JSON. Parsers are recursive, so a text that is nested too deeply causes a `RangeError`. */
function describeProblem(text: string, cause: unknown): string {
  try {
    if (cause instanceof SyntaxError) return describeJsonProblem(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return "it is nested too deeply";
}

function currentForm(notebook: JsonObject): { metadata: JsonObject; cells: FileJson[] } {
  const nbformat = Number(notebook.nbformat ?? (Array.isArray(notebook.worksheets) ? 3 : NaN));
  if (nbformat > NEWEST) {
    throw new NotebookFileError(`the notebook's nbformat is ${nbformat}: only formats up to ${NEWEST} can be read`);
  }
  if (!(nbformat >= OLDEST)) {
    const found = notebook.nbformat === undefined ? "missing" : JSON.stringify(notebook.nbformat);
    throw new NotebookFileError(`the notebook's nbformat is ${found}: expected ${OLDEST} to ${NEWEST}`);
  }
  const isOld = nbformat < NEWEST || (notebook.cells === undefined && Array.isArray(notebook.worksheets));
  if (isOld) return upgradeNotebook(notebook);
  if (!Array.isArray(notebook.cells)) throw new NotebookFileError("cells is not a list");
  return { metadata: isJsonObject(notebook.metadata) ? notebook.metadata : {}, cells: notebook.cells };
}

function readCell(json: FileJson, index: number, notes: string[]): FileCell {
  const where = `cells[${index}]`;
  if (!isJsonObject(json)) throw new NotebookFileError(`${where} is not an object`);
  const cell = upgradeCell(json);
  const type = cellType(cell.cell_type, where, notes);
  const { id, attachments } = cell;
  const executionCount = toPlainJson(cell.execution_count ?? null);
  const ignored = Object.keys(cell).filter((key) =>
    cell[key] !== undefined && (!CELL_KEYS.includes(key) || (type === "code" && key === "attachments"))
  );
  for (const key of ignored) notes.push(`${where}.${key} is not part of the format`);
  return {
    type,
    source: multiline(cell.source),
    ...typeof id === "string" ? { id } : {},
    metadata: isJsonObject(cell.metadata) ? cell.metadata : {},
    ...type !== "code" && isJsonObject(attachments) ? { attachments } : {},
    ...type === "code" && isCount(executionCount) ? { executionCount } : {},
    outputs: type === "code" && Array.isArray(cell.outputs) ? readOutputs(cell.outputs, where, notes) : [],
  };
}

function cellType(type: FileJson | undefined, where: string, notes: string[]): FileCell["type"] {
  if (type === "code" || type === "markdown" || type === "raw") return type;
  const name = type instanceof ExactNumber ? type.source : JSON.stringify(type) ?? "missing";
  notes.push(`${where}.cell_type is ${name}, which is not part of the format; the cell became a raw one`);
  return "raw";
}

function readOutputs(outputs: FileJson[], where: string, notes: string[]): FileCell["outputs"] {
  return outputs.flatMap((json, number) => {
    const output = readOutput(json);
    if (output !== undefined) return [output];
    notes.push(`${where}.outputs[${number}] is of a kind that the format does not have`);
    return [];
  });
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && value as number >= 0;
}
