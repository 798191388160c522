/**
 * Writes a notebook file of nbformat 4.5 as Jupyter does: with sorted keys, and text as lists of lines, so that versions can be compared.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject, stringifyJson } from "./json_text.ts";
import { repairMetadata } from "./repair_metadata.ts";
import type { FileCell, NotebookFile } from "./notebook_file.ts";
import { isValid } from "./validate.ts";
import { toLines, writeOutput } from "./write_output.ts";

/** The metadata of a notebook that does not name its language, as ipykernel writes them. */
const KERNELSPEC = { display_name: "Python 3", language: "python", name: "python3" };
const LANGUAGE_INFO = { file_extension: ".py", mimetype: "text/x-python", name: "python" };

/** The ids that nbformat 4.5 allows. */
const CELL_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** The metadata that a notebook has only while it is open. Jupyter does not write them to files. */
const NOT_IN_FILES = ["orig_nbformat", "orig_nbformat_minor", "signature"];

export interface WrittenNotebook {
  /** The text of an `.ipynb` file, valid by the schema of nbformat 4.5. */
  text: string;
  /** A phrase for each part that was not valid, and was repaired or omitted. */
  repairs: string[];
}

/**
 * Writes a notebook.
 *
 * Cells keep their ids. A cell without an id, or with an invalid or duplicate one, gets a new id. Outputs that were read from a file are
 * written in their original form.
 *
 * @param notebook the notebook. Its `kernelspec` and `language_info` are kept
 * @param newId generates a new id of letters, digits, `-` and `_`
 */
export function writeNotebook(
  { metadata, cells }: Pick<NotebookFile, "metadata" | "cells">,
  newId: () => string,
): WrittenNotebook {
  const repairs: string[] = [];
  const ids = uniqueIds(cells, newId, repairs);
  const kept = Object.entries(metadata).filter(([name]) => !NOT_IN_FILES.includes(name));
  const complete = {
    ...Object.fromEntries(kept),
    kernelspec: { ...KERNELSPEC, ...asObject(metadata.kernelspec) },
    language_info: { ...LANGUAGE_INFO, ...asObject(metadata.language_info) },
  };
  for (const name of ["kernelspec", "language_info"]) {
    if (name in metadata && !isJsonObject(metadata[name])) repairs.push(`metadata.${name} was repaired`);
  }
  const { metadata: valid, notes } = repairMetadata(complete, "notebookMetadata", "metadata");
  repairs.push(...notes);
  const notebook: JsonObject = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: valid,
    cells: cells.map((cell, index) => writeCell(cell, ids[index], `cells[${index}]`, repairs)),
  };
  return { text: `${stringifyJson(notebook)}\n`, repairs };
}

function uniqueIds(cells: readonly FileCell[], newId: () => string, repairs: string[]): string[] {
  const taken = new Set<string>();
  return cells.map(({ id }, index) => {
    let unique = id;
    while (unique === undefined || !CELL_ID.test(unique) || taken.has(unique)) unique = newId();
    taken.add(unique);
    if (id !== undefined && id !== unique) repairs.push(`cells[${index}].id was replaced by ${unique}`);
    return unique;
  });
}

function writeCell(cell: FileCell, id: string, where: string, repairs: string[]): JsonObject {
  const { type, source, attachments, executionCount, outputs } = cell;
  const { trusted: _, ...kept } = cell.metadata;
  const { metadata, notes } = repairMetadata(kept, `${type}Metadata`, `${where}.metadata`);
  repairs.push(...notes);
  const written: JsonObject = { cell_type: type, id, metadata, source: toLines(source) };
  if (type !== "code") {
    return attachments === undefined
      ? written
      : { ...written, attachments: validAttachments(attachments, where, repairs) };
  }
  return {
    ...written,
    execution_count: executionCount ?? null,
    outputs: outputs.map((output, number) => {
      const { json, isRepaired } = writeOutput(output, executionCount);
      if (isRepaired) repairs.push(`${where}.outputs[${number}] was repaired`);
      return json;
    }),
  };
}

function validAttachments(attachments: JsonObject, where: string, repairs: string[]): JsonObject {
  const valid = Object.entries(attachments).filter(([name, bundle]) => {
    const isKept = isValid("attachments", { [name]: bundle });
    if (!isKept) repairs.push(`${where}.attachments.${name} was left out`);
    return isKept;
  });
  return Object.fromEntries(valid);
}

function asObject(value: FileJson | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
