/**
 * Reads a notebook file, nbformat 4: its cells, and the outputs that are recorded in it.
 *
 * @module
 */

import type { CellOutput } from "../../src/execution/cell_output.ts";
import type { JsonValue, MimeBundle, MimeMetadata } from "../../src/execution/execution_context.ts";

/** A cell of a notebook file. */
export interface FileCell {
  type: "code" | "markdown" | "raw";
  source: string;
  /** What is recorded below it; empty unless it is a code cell. */
  outputs: CellOutput[];
}

/** A notebook file. */
export interface NotebookFile {
  /** Its title, from its metadata; else its first heading. */
  title: string;
  cells: FileCell[];
}

type JsonObject = { [key: string]: JsonValue };

/**
 * Reads the text of an `.ipynb` file.
 *
 * @throws Error when it is not a notebook of nbformat 4, saying what is wrong where
 */
export function readNotebookFile(text: string): NotebookFile {
  const notebook = object(parse(text), "the notebook");
  if (notebook.nbformat !== 4) {
    throw new Error(`the notebook's nbformat is ${JSON.stringify(notebook.nbformat)}: only 4 can be read`);
  }
  const cells = list(notebook.cells, "cells").map((cell, index) => readCell(object(cell, `cells[${index}]`), index));
  const { title } = object(notebook.metadata ?? {}, "metadata");
  return { title: typeof title === "string" ? title : firstHeading(cells) ?? "Untitled", cells };
}

function parse(text: string): JsonValue {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`the notebook is not JSON: ${(cause as Error).message}`, { cause });
  }
}

function readCell(cell: JsonObject, index: number): FileCell {
  const where = `cells[${index}]`;
  const type = cell.cell_type;
  if (type !== "code" && type !== "markdown" && type !== "raw") {
    throw new Error(`${where}.cell_type is ${JSON.stringify(type)}: expected code, markdown or raw`);
  }
  const outputs = type === "code" ? list(cell.outputs, `${where}.outputs`) : [];
  return {
    type,
    source: multiline(cell.source, `${where}.source`),
    outputs: outputs.map((output, number) => {
      const place = `${where}.outputs[${number}]`;
      return readOutput(object(output, place), place);
    }),
  };
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
      throw new Error(`${where}.output_type is ${JSON.stringify(type)}: nbformat 4 has no such output`);
  }
}

/** Text may stand as a list of lines; JSON types hold their value. */
function readBundle(data: JsonObject): MimeBundle {
  return Object.fromEntries(
    Object.entries(data).map(([mime, content]) => [
      mime,
      Array.isArray(content) && !mime.endsWith("json") ? multiline(content, mime) : content,
    ]),
  );
}

function firstHeading(cells: FileCell[]): string | undefined {
  const markdown = cells.filter(({ type }) => type === "markdown").map(({ source }) => source).join("\n");
  return /^#+ +(.+)$/m.exec(markdown)?.[1];
}

function object(value: JsonValue | undefined, where: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Error(`${where} is not an object`);
}

function list(value: JsonValue | undefined, where: string): JsonValue[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${where} is not a list`);
}

function string(value: JsonValue | undefined, where: string): string {
  if (typeof value === "string") return value;
  throw new Error(`${where} is not a string`);
}

function multiline(value: JsonValue | undefined, where: string): string {
  return Array.isArray(value) ? value.map((line) => string(line, where)).join("") : string(value, where);
}
