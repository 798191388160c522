/**
 * Adds the contents of a notebook file, or a first cell, to a new notebook.
 *
 * @module
 */

import type { JsonObject } from "../../../src/nbformat/json_text.ts";
import { NotebookFileError } from "../../../src/nbformat/notebook_file.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { successiveKeys } from "../store/position_between.ts";
import type { Upload } from "./artifact_content.ts";
import { FILE_KEY, keepParts } from "./kept_parts.ts";
import { cellContents, cellCreation, checkLength, type PlacedCell } from "./place_cell.ts";
import { Portion } from "./portion.ts";

/** The form of cell ids in nbformat. Other ids are replaced. */
const CELL_ID = /^[a-zA-Z0-9_-]{1,64}$/;

export interface NotebookContents {
  title: string;
  cells: PlacedCell[];
  /** The metadata of the file that the contents were read from, if any. */
  metadata?: JsonObject;
  /** The parts of the file that could not be imported, as sentences. */
  notes?: string[];
}

export interface FillOptions {
  /** Stores what is too large for an event. Default: such contents are refused. */
  upload?: Upload;
  /** Called after each portion with the number of cells that the server has stored completely. */
  onSaved?(cells: number): void;
  signal?: AbortSignal;
}

export const emptyNotebook: NotebookContents = {
  title: "Untitled",
  cells: [{ type: "code", source: "", outputs: [] }],
};

/**
 * Writes the contents into an empty notebook in portions. The last one is committed, but may not be stored yet.
 *
 * @throws {NotebookFileError} if a cell is too long
 * @throws the signal's reason
 */
export async function fillNotebook(
  notebook: NotebookStore,
  id: string,
  contents: NotebookContents,
  userId: string,
  { upload = refuseUpload, onSaved, signal }: FillOptions = {},
): Promise<void> {
  const { title, cells, metadata } = contents;
  const ids = cellIds(cells);
  const keys = successiveKeys(cells.length);
  const portion = new Portion(notebook);
  portion.add(events.notebookInitialized({ id, title, ownerId: userId }));
  if (metadata !== undefined) {
    portion.add(events.notebookMetadataSet({ key: FILE_KEY, value: await keepParts({ title, metadata }, upload) }));
  }
  for (const [index, cell] of cells.entries()) {
    checkLength(cell.source, index);
    const cellId = ids[index];
    portion.add(...cellCreation(cell, { cellId, fractionalIndex: keys[index], createdBy: userId }));
    for await (const event of cellContents(cell, cellId, upload)) {
      if (portion.isFull) {
        await portion.save(signal);
        onSaved?.(index);
      }
      portion.add(event);
    }
    if (!portion.isFull) continue;
    await portion.save(signal);
    onSaved?.(index + 1);
  }
  portion.commit();
}

/** Returns the file's ids. Invalid and repeated ones are replaced. */
function cellIds(cells: NotebookContents["cells"]): string[] {
  const taken = new Set<string>();
  return cells.map(({ id }) => {
    const own = id !== undefined && CELL_ID.test(id) && !taken.has(id) ? id : `cell-${crypto.randomUUID()}`;
    taken.add(own);
    return own;
  });
}

export function refuseUpload(): Promise<never> {
  return Promise.reject(new NotebookFileError("an output is too large for this notebook"));
}
