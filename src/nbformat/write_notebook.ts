/**
 * Writes a notebook file, nbformat 4.5, as Jupyter would: keys in order, text as lists of lines, so that versions can be compared.
 *
 * @module
 */

import type { CellOutput } from "../execution/cell_output.ts";
import type { JsonValue } from "../media/json_value.ts";
import { portable } from "../media/portable_text.ts";
import type { MimeBundle, MimeMetadata } from "../media/mime_bundle.ts";
import { isTextType } from "../media/mime_type.ts";
import type { FileCell, JsonObject, NotebookFile } from "./notebook_file.ts";

/** What stands in a notebook that does not say which language it is in, as ipykernel writes it. */
const KERNELSPEC = { display_name: "Python 3", language: "python", name: "python3" };
const LANGUAGE_INFO = { file_extension: ".py", mimetype: "text/x-python", name: "python" };

/** The ids that nbformat 4.5 allows. */
const CELL_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** The types whose content may be any JSON, by the schema of nbformat 4.5; all others hold text. */
const JSON_CONTENT = /^application\/(?:.*\+)?json$/;

/** What a notebook holds only while it is open; Jupyter leaves these out of files. */
const NOT_IN_FILES = ["orig_nbformat", "orig_nbformat_minor", "signature"];

/**
 * Writes a notebook.
 *
 * Ids of cells are kept where they can be; a cell without one, or with one that another cell has, gets a new one.
 *
 * @param notebook what is written; its own `kernelspec` and `language_info` stay as they are
 * @param newId makes an id of letters, digits, `-` and `_`, different every time
 * @returns the text of an `.ipynb` file, valid by the schema of nbformat 4.5
 */
export function writeNotebook({ metadata, cells }: Omit<NotebookFile, "title">, newId: () => string): string {
  const taken = new Set<string>();
  const ids = cells.map(({ id }) => {
    let unique = id;
    while (unique === undefined || !CELL_ID.test(unique) || taken.has(unique)) unique = newId();
    taken.add(unique);
    return unique;
  });
  const kept = Object.entries(metadata).filter(([name]) => !NOT_IN_FILES.includes(name));
  const notebook: JsonObject = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      ...Object.fromEntries(kept),
      kernelspec: { ...KERNELSPEC, ...asObject(metadata.kernelspec) },
      language_info: { ...LANGUAGE_INFO, ...asObject(metadata.language_info) },
    },
    cells: cells.map((cell, index) => writeCell(cell, ids[index])),
  };
  return `${JSON.stringify(inOrder(notebook), null, 1)}\n`;
}

function writeCell({ type, source, metadata, attachments, executionCount, outputs }: FileCell, id: string): JsonObject {
  const { trusted: _, ...kept } = metadata;
  const cell: JsonObject = { cell_type: type, id, metadata: kept, source: toLines(source) };
  if (type !== "code") return attachments === undefined ? cell : { ...cell, attachments };
  return {
    ...cell,
    execution_count: executionCount ?? null,
    // Python cannot save half of a surrogate pair again.
    outputs: portable(outputs).map((output) => writeOutput(output, executionCount)),
  };
}

function writeOutput(output: CellOutput, executionCount: number | undefined): JsonObject {
  switch (output.type) {
    case "stream":
      return { output_type: "stream", name: output.name, text: toLines(output.text) };
    case "execute_result":
      return { ...writeBundle(output), output_type: output.type, execution_count: executionCount ?? null };
    case "display_data":
      return { ...writeBundle(output), output_type: output.type };
    case "error": {
      const { ename, evalue, traceback } = output;
      return { output_type: "error", ename, evalue, traceback };
    }
  }
}

/** The name of a display is gone with the session that could update it. */
function writeBundle(
  { data, metadata: { display_id: _, ...metadata } = {} }: { data: MimeBundle; metadata?: MimeMetadata },
): JsonObject {
  const content = Object.entries(data).map(([mimeType, content]): [string, JsonValue] => [
    mimeType,
    writeContent(mimeType, content),
  ]);
  return { data: Object.fromEntries(content), metadata };
}

function writeContent(mimeType: string, content: JsonValue): JsonValue {
  if (JSON_CONTENT.test(mimeType)) return content;
  if (typeof content !== "string") return JSON.stringify(content);
  return isTextType(mimeType) ? toLines(content) : content;
}

/** A text as its lines, each with its newline. */
function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** A value whose objects have their keys in alphabetical order. */
function inOrder(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
