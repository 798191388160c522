/**
 * The content of a notebook file: its cells with their recorded outputs.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";
import type { CellOutput } from "../execution/cell_output.ts";
import type { FileJson, JsonObject } from "./json_text.ts";

export interface FileCell {
  /** Its type: code is run, markdown is rendered, raw is neither. */
  type: "code" | "markdown" | "raw";
  source: string;
  /** Its id, from nbformat 4.5 on; absent if the file has none. */
  id?: string;
  /** Its metadata, including `tags`. */
  metadata: JsonObject;
  /** The attachments of a markdown or raw cell, as MIME bundles by file name. */
  attachments?: JsonObject;
  /** The `n` of `In [n]`; absent if the cell has not been run, or is not code. */
  executionCount?: number;
  /** Its recorded outputs; always empty for markdown and raw cells. */
  outputs: CellOutput[];
}

export interface NotebookFile {
  /** Its title, from its metadata or its first heading. */
  title: string;
  /** Its metadata, including `kernelspec` and `language_info`. */
  metadata: JsonObject;
  cells: FileCell[];
  /** Sentences about parts of the file that do not belong to the format, and that are omitted when the file is written again. */
  notes: string[];
}

/** The text is not a notebook that can be read. */
export class NotebookFileError extends AIPythonError {
  readonly name = "NotebookFileError";
}

/** Returns the tags of a cell; an empty list if its metadata contain none. */
export function tagsOf({ metadata: { tags } }: Pick<FileCell, "metadata">): readonly FileJson[] {
  return Array.isArray(tags) ? tags : [];
}

/** Returns the title of a notebook: that in its metadata, otherwise its first heading, otherwise `Untitled`. */
export function titleOf(metadata: JsonObject, cells: readonly Pick<FileCell, "type" | "source">[]): string {
  const markdown = cells.filter(({ type }) => type === "markdown").map(({ source }) => source).join("\n");
  return typeof metadata.title === "string" ? metadata.title : /^#+ +(.+)$/m.exec(markdown)?.[1] ?? "Untitled";
}
