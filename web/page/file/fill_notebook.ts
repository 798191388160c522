/**
 * Puts a notebook file, or a first cell, into a new notebook.
 *
 * @module
 */

import type { FileJson, JsonObject } from "../../../src/nbformat/json_text.ts";
import { NotebookFileError } from "../../../src/nbformat/notebook_file.ts";
import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { successiveKeys } from "../store/position_between.ts";
import type { Upload } from "./artifact_content.ts";
import { markdownOf, type PageCell } from "./ai_cells.ts";
import { cellKey, FILE_KEY, keepParts } from "./kept_parts.ts";
import { type OutputPlace, placeOutput } from "./place_output.ts";

/** The longest text of a cell, in bytes: it is one event, and the server takes none of 1 MiB. */
const LONGEST_SOURCE = 900_000;

/** The longest part of an answer, in characters, that is one event; written as JSON, a character takes up to six bytes. */
const LONGEST_ANSWER = 100_000;

/** So many events, or so many characters of them, are waited for at a time. */
const PORTION = { events: 200, characters: 1_000_000 };

/** The ids that are taken over from a file; nbformat allows no others. */
const CELL_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** What is put in. */
export interface NotebookContents {
  title: string;
  cells: (Pick<PageCell, "type" | "source" | "outputs"> & Partial<PageCell>)[];
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
  { upload = refuse, onSaved, signal }: FillOptions = {},
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
    portion.add(
      events.cellCreated2({ id: cellId, fractionalIndex: keys[index], cellType: cell.type, createdBy: userId }),
      events.cellSourceChanged({ id: cellId, source: cell.source, modifiedBy: userId }),
    );
    const kept = keptOf(cell);
    const outputs: JsonObject = {};
    for (const [position, output] of cell.outputs.entries()) {
      const place = { cellId, position, executionCount: cell.executionCount };
      const answer = cell.type === "ai" ? markdownOf(output) : undefined;
      const placed = answer !== undefined && answer.length <= LONGEST_ANSWER
        ? { events: [answered(answer, place)], kept: {} }
        : await placeOutput(output, place, upload);
      for (const event of placed.events) {
        portion.add(event);
        if (!portion.isFull) continue;
        await portion.save(signal);
        onSaved?.(index);
      }
      Object.assign(outputs, placed.kept);
    }
    if (Object.keys(outputs).length > 0) kept.outputs = outputs;
    if (Object.keys(kept).length > 0) {
      portion.add(events.notebookMetadataSet({ key: cellKey(cellId), value: await keepParts(kept, upload) }));
    }
    if (!portion.isFull) continue;
    await portion.save(signal);
    onSaved?.(index + 1);
  }
  portion.commit();
}

/** A part of an answer as the AI has written it. */
function answered(text: string, { cellId, position }: OutputPlace): NotebookEvent {
  return events.markdownOutputAdded({ id: `output-${crypto.randomUUID()}`, cellId, position, content: inline(text) });
}

/** Events that are committed together. */
class Portion {
  readonly #notebook: NotebookStore;
  #events: NotebookEvent[] = [];
  #characters = 0;

  constructor(notebook: NotebookStore) {
    this.#notebook = notebook;
  }

  get isFull(): boolean {
    return this.#events.length >= PORTION.events || this.#characters >= PORTION.characters;
  }

  add(...events: NotebookEvent[]): void {
    this.#events.push(...events);
    this.#characters += JSON.stringify(events).length;
  }

  commit(): void {
    if (this.#events.length > 0) this.#notebook.commit(...this.#events);
    this.#events = [];
    this.#characters = 0;
  }

  async save(signal: AbortSignal | undefined): Promise<void> {
    this.commit();
    await this.#notebook.settled(signal);
  }
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

function keptOf({ metadata = {}, attachments, executionCount }: Partial<PageCell>): Record<string, FileJson> {
  return {
    ...Object.keys(metadata).length > 0 ? { metadata } : {},
    ...attachments === undefined ? {} : { attachments },
    ...executionCount === undefined ? {} : { executionCount },
  };
}

function checkLength(source: string, index: number): void {
  const { length } = new TextEncoder().encode(JSON.stringify(source));
  if (length <= LONGEST_SOURCE) return;
  const size = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString("en")} KB`;
  throw new NotebookFileError(
    `cell ${index + 1} has ${size(length)} of text, and a cell here has ${size(LONGEST_SOURCE)} at most: split it`,
  );
}

function refuse(): Promise<never> {
  return Promise.reject(new NotebookFileError("an output is too large for this notebook"));
}
