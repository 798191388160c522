/**
 * Reads a notebook file, nbformat 4: its cells, and the outputs that are recorded in it.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";
import type { JsonValue } from "../media/json_value.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";
import { isJsonType } from "../media/mime_type.ts";
import { type FileCell, type JsonObject, type NotebookFile, NotebookFileError, titleOf } from "./notebook_file.ts";

/** The format that is read; older ones have other names for everything. */
const NBFORMAT = 4;

/**
 * Reads the text of an `.ipynb` file.
 *
 * @throws {NotebookFileError} when it is not a notebook of nbformat 4, saying what is wrong where
 */
export function readNotebook(text: string): NotebookFile {
  const notebook = object(parse(text.replace(/^\uFEFF/, "")), "the notebook");
  const { nbformat } = notebook;
  if (nbformat !== NBFORMAT) {
    const advice = typeof nbformat === "number" && nbformat < NBFORMAT
      ? "; Jupyter converts older ones: jupyter nbconvert --to notebook FILE"
      : "";
    throw new NotebookFileError(
      `the notebook's nbformat is ${JSON.stringify(nbformat) ?? "missing"}: only ${NBFORMAT} can be read${advice}`,
    );
  }
  const cells = list(notebook.cells, "cells").map((cell, index) => readCell(object(cell, `cells[${index}]`), index));
  const metadata = object(notebook.metadata ?? {}, "metadata");
  return { title: titleOf(metadata, cells), metadata, cells };
}

function parse(text: string): JsonValue {
  if (text.trim() === "") throw new NotebookFileError("the notebook is empty: not even JSON");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NotebookFileError(`the notebook is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function readCell(cell: JsonObject, index: number): FileCell {
  const where = `cells[${index}]`;
  const { cell_type: type, id, execution_count: executionCount, attachments } = cell;
  if (type !== "code" && type !== "markdown" && type !== "raw") {
    throw new NotebookFileError(`${where}.cell_type is ${JSON.stringify(type)}: expected code, markdown or raw`);
  }
  const outputs = type === "code" ? list(cell.outputs, `${where}.outputs`) : [];
  return {
    type,
    source: multiline(cell.source, `${where}.source`),
    ...typeof id === "string" ? { id } : {},
    metadata: object(cell.metadata ?? {}, `${where}.metadata`),
    ...type !== "code" && attachments !== undefined ? { attachments: object(attachments, `${where}.attachments`) } : {},
    ...isCount(executionCount) ? { executionCount } : {},
    outputs: outputs.map((output, number) => {
      const place = `${where}.outputs[${number}]`;
      return readOutput(object(output, place), place);
    }),
  };
}

function isCount(value: JsonValue | undefined): value is number {
  return Number.isSafeInteger(value) && value as number >= 0;
}

function readOutput(output: JsonObject, where: string): CellOutput {
  const type = output.output_type;
  switch (type) {
    case "stream":
      return {
        type,
        name: output.name === "stderr" ? "stderr" : "stdout",
        text: multiline(output.text, `${where}.text`),
      };
    case "execute_result":
    case "display_data":
      return {
        type,
        data: readBundle(object(output.data, `${where}.data`)),
        metadata: object(output.metadata ?? {}, `${where}.metadata`) as MimeMetadata,
      };
    case "error":
      return {
        type,
        ename: string(output.ename, `${where}.ename`),
        evalue: string(output.evalue, `${where}.evalue`),
        traceback: list(output.traceback, `${where}.traceback`).map((line) => string(line, `${where}.traceback`)),
      };
    default:
      throw new NotebookFileError(`${where}.output_type is ${JSON.stringify(type)}: nbformat 4 has no such output`);
  }
}

/** Text may stand as a list of lines; JSON types hold their value. */
function readBundle(data: JsonObject): MimeBundle {
  return Object.fromEntries(
    Object.entries(data).map(([mime, content]) => [
      mime,
      Array.isArray(content) && !isJsonType(mime) ? multiline(content, mime) : content,
    ]),
  );
}

function object(value: JsonValue | undefined, where: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new NotebookFileError(`${where} is not an object`);
}

function list(value: JsonValue | undefined, where: string): JsonValue[] {
  if (Array.isArray(value)) return value;
  throw new NotebookFileError(`${where} is not a list`);
}

function string(value: JsonValue | undefined, where: string): string {
  if (typeof value === "string") return value;
  throw new NotebookFileError(`${where} is not a string`);
}

function multiline(value: JsonValue | undefined, where: string): string {
  return Array.isArray(value) ? value.map((line) => string(line, where)).join("") : string(value, where);
}
