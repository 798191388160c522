/**
 * A notebook file as data: cells in order, with what is recorded below them.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";
import type { CellOutput } from "../execution/cell_output.ts";
import type { FileJson, JsonObject } from "./json_text.ts";

/** A cell of a notebook file. */
export interface FileCell {
  /** Its kind; code is run, markdown is drawn, raw is neither. */
  type: "code" | "markdown" | "raw";
  /** Its text. */
  source: string;
  /** Its id, which nbformat has since 4.5; absent where the file has none. */
  id?: string;
  /** Its own metadata, `tags` among them. */
  metadata: JsonObject;
  /** Pictures of a markdown or raw cell, as bundles by file name. */
  attachments?: JsonObject;
  /** The `n` of `In [n]`; absent if the cell has not been run, or is not code. */
  executionCount?: number;
  /** What is recorded below it; empty unless it is a code cell. */
  outputs: CellOutput[];
}

/** A notebook file. */
export interface NotebookFile {
  /** Its title, from its metadata; else its first heading. */
  title: string;
  /** Its metadata, `kernelspec` and `language_info` among them. */
  metadata: JsonObject;
  /** Its cells, in order. */
  cells: FileCell[];
  /** What the file holds that is not part of the format, and that is left out when it is written again; sentences. */
  notes: string[];
}

/** A text is not a notebook that can be read. */
export class NotebookFileError extends AIPythonError {
  /** The class's name. */
  readonly name = "NotebookFileError";
}

/** The tags of a cell; empty where its metadata has none. */
export function tagsOf({ metadata: { tags } }: Pick<FileCell, "metadata">): readonly FileJson[] {
  return Array.isArray(tags) ? tags : [];
}

/** The title of a notebook: as its metadata have it, else its first heading. */
export function titleOf(metadata: JsonObject, cells: readonly Pick<FileCell, "type" | "source">[]): string {
  const markdown = cells.filter(({ type }) => type === "markdown").map(({ source }) => source).join("\n");
  return typeof metadata.title === "string" ? metadata.title : /^#+ +(.+)$/m.exec(markdown)?.[1] ?? "Untitled";
}
