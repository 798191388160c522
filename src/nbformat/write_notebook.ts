/**
 * Writes a notebook file, nbformat 4.5, as Jupyter would: keys in order, text as lists of lines, so that versions can be compared.
 *
 * @module
 */

import { type FileJson, isJsonObject, type JsonObject, stringifyJson } from "./json_text.ts";
import { mendMetadata } from "./mend_metadata.ts";
import type { FileCell, NotebookFile } from "./notebook_file.ts";
import { isValid } from "./validate.ts";
import { toLines, writeOutput } from "./write_output.ts";

/** What stands in a notebook that does not say which language it is in, as ipykernel writes it. */
const KERNELSPEC = { display_name: "Python 3", language: "python", name: "python3" };
const LANGUAGE_INFO = { file_extension: ".py", mimetype: "text/x-python", name: "python" };

/** The ids that nbformat 4.5 allows. */
const CELL_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** What a notebook holds only while it is open; Jupyter leaves these out of files. */
const NOT_IN_FILES = ["orig_nbformat", "orig_nbformat_minor", "signature"];

/** A notebook as the text of a file. */
export interface WrittenNotebook {
  /** The text of an `.ipynb` file, valid by the schema of nbformat 4.5. */
  text: string;
  /** A phrase for each part that was not valid, and was repaired or left out. */
  mended: string[];
}

/**
 * Writes a notebook.
 *
 * Ids of cells are kept where they can be; a cell without one, or with one that another cell has, gets a new one. Outputs that were read
 * from a file are written as they stood there.
 *
 * @param notebook what is written; its own `kernelspec` and `language_info` stay as they are
 * @param newId makes an id of letters, digits, `-` and `_`, different every time
 */
export function writeNotebook(
  { metadata, cells }: Pick<NotebookFile, "metadata" | "cells">,
  newId: () => string,
): WrittenNotebook {
  const mended: string[] = [];
  const ids = uniqueIds(cells, newId, mended);
  const kept = Object.entries(metadata).filter(([name]) => !NOT_IN_FILES.includes(name));
  const complete = {
    ...Object.fromEntries(kept),
    kernelspec: { ...KERNELSPEC, ...asObject(metadata.kernelspec) },
    language_info: { ...LANGUAGE_INFO, ...asObject(metadata.language_info) },
  };
  for (const name of ["kernelspec", "language_info"]) {
    if (name in metadata && !isJsonObject(metadata[name])) mended.push(`metadata.${name} was repaired`);
  }
  const { metadata: valid, notes } = mendMetadata(complete, "notebookMetadata", "metadata");
  mended.push(...notes);
  const notebook: JsonObject = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: valid,
    cells: cells.map((cell, index) => writeCell(cell, ids[index], `cells[${index}]`, mended)),
  };
  return { text: `${stringifyJson(notebook)}\n`, mended };
}

function uniqueIds(cells: readonly FileCell[], newId: () => string, mended: string[]): string[] {
  const taken = new Set<string>();
  return cells.map(({ id }, index) => {
    let unique = id;
    while (unique === undefined || !CELL_ID.test(unique) || taken.has(unique)) unique = newId();
    taken.add(unique);
    if (id !== undefined && id !== unique) mended.push(`cells[${index}].id was replaced by ${unique}`);
    return unique;
  });
}

function writeCell(cell: FileCell, id: string, where: string, mended: string[]): JsonObject {
  const { type, source, attachments, executionCount, outputs } = cell;
  const { trusted: _, ...kept } = cell.metadata;
  const { metadata, notes } = mendMetadata(kept, `${type}Metadata`, `${where}.metadata`);
  mended.push(...notes);
  const written: JsonObject = { cell_type: type, id, metadata, source: toLines(source) };
  if (type !== "code") {
    return attachments === undefined
      ? written
      : { ...written, attachments: validAttachments(attachments, where, mended) };
  }
  return {
    ...written,
    execution_count: executionCount ?? null,
    outputs: outputs.map((output, number) => {
      const { json, isMended } = writeOutput(output, executionCount);
      if (isMended) mended.push(`${where}.outputs[${number}] was repaired`);
      return json;
    }),
  };
}

function validAttachments(attachments: JsonObject, where: string, mended: string[]): JsonObject {
  const valid = Object.entries(attachments).filter(([name, bundle]) => {
    const isKept = isValid("attachments", { [name]: bundle });
    if (!isKept) mended.push(`${where}.attachments.${name} was left out`);
    return isKept;
  });
  return Object.fromEntries(valid);
}

function asObject(value: FileJson | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
