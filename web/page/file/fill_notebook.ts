/**
 * Puts a notebook file, or a first cell, into a new notebook.
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

/** The ids that are taken over from a file; nbformat allows no others. */
const CELL_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** What is put in. */
export interface NotebookContents {
  title: string;
  cells: PlacedCell[];
  /** The metadata of the file that it was read from; absent when there is none. */
  metadata?: JsonObject;
  /** What in the file could not be taken over; sentences. */
  notes?: string[];
}

/** How contents are put in. */
export interface FillOptions {
  /** Keeps what is too large for an event. Default: such contents are refused. */
  upload?: Upload;
  /** Told how many whole cells the server has stored, after each portion. */
  onSaved?(cells: number): void;
  /** Gives up. */
  signal?: AbortSignal;
}

/** A new notebook: one empty cell. */
export const emptyNotebook: NotebookContents = {
  title: "Untitled",
  cells: [{ type: "code", source: "", outputs: [] }],
};

/**
 * Writes the contents into an empty notebook, a portion after the other. The last one is committed, and may still be on its way.
 *
 * @param id the notebook's id
 * @param userId who does it
 * @throws {NotebookFileError} when a cell is too long
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

/** The file's ids, where they can be taken over. */
function cellIds(cells: NotebookContents["cells"]): string[] {
  const taken = new Set<string>();
  return cells.map(({ id }) => {
    const own = id !== undefined && CELL_ID.test(id) && !taken.has(id) ? id : `cell-${crypto.randomUUID()}`;
    taken.add(own);
    return own;
  });
}

/** Keeps nothing. */
export function refuseUpload(): Promise<never> {
  return Promise.reject(new NotebookFileError("an output is too large for this notebook"));
}
