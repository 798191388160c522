/**
 * Converts a cell of a file to the notebook's events.
 *
 * @module
 */

import type { FileJson, JsonObject } from "../../../src/nbformat/json_text.ts";
import { NotebookFileError } from "../../../src/nbformat/notebook_file.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import type { CellType } from "../../../src/notebook/schema/cell_events.ts";
import { inline } from "../../../src/notebook/schema/media.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { markdownOf, type PageCell } from "./ai_cells.ts";
import type { Upload } from "./artifact_content.ts";
import { readVisibility, visibilityEvents } from "./cell_visibility.ts";
import { cellKey, keepParts } from "./kept_parts.ts";
import { type OutputPlace, placeOutput } from "./place_output.ts";

/** The longest source, in bytes. It is one event, and the server accepts no event of 1 MiB. */
const LONGEST_SOURCE = 900_000;

/** The longest part of an answer that is one event, in characters. In JSON a character takes up to six bytes. */
const LONGEST_ANSWER = 100_000;

/** A cell of a file, or only its text. */
export type PlacedCell = Pick<PageCell, "type" | "source" | "outputs"> & Partial<PageCell>;

export interface CellPlace {
  cellId: string;
  fractionalIndex: string;
  createdBy: string;
  /** Default: the cell's type in the file. */
  cellType?: typeof CellType.Type;
}

/** Returns the events that create the cell, without its outputs. */
export function cellCreation(cell: PlacedCell, place: CellPlace): NotebookEvent[] {
  const { cellId: id, fractionalIndex, createdBy, cellType = cell.type } = place;
  return [
    events.cellCreated2({ id, fractionalIndex, cellType, createdBy }),
    events.cellSourceChanged({ id, source: cell.source, modifiedBy: createdBy }),
    ...visibilityEvents(id, readVisibility(cell.metadata ?? {})),
  ];
}

/** Yields the events of the cell's outputs and of other parts from its file, one output at a time. */
export async function* cellContents(cell: PlacedCell, cellId: string, upload: Upload): AsyncGenerator<NotebookEvent> {
  const kept = keptOf(cell);
  const outputs: JsonObject = {};
  for (const [position, output] of cell.outputs.entries()) {
    const place = { cellId, position, executionCount: cell.executionCount };
    const answer = cell.type === "ai" ? markdownOf(output) : undefined;
    const placed = answer !== undefined && answer.length <= LONGEST_ANSWER
      ? { events: [answered(answer, place)], kept: {} }
      : await placeOutput(output, place, upload);
    yield* placed.events;
    Object.assign(outputs, placed.kept);
  }
  if (Object.keys(outputs).length > 0) kept.outputs = outputs;
  if (Object.keys(kept).length === 0) return;
  yield events.notebookMetadataSet({ key: cellKey(cellId), value: await keepParts(kept, upload) });
}

/** Returns a part of an answer in the form that the AI writes. */
function answered(text: string, { cellId, position }: OutputPlace): NotebookEvent {
  return events.markdownOutputAdded({ id: `output-${crypto.randomUUID()}`, cellId, position, content: inline(text) });
}

/** Checks a cell's length. Returns the reason the text is too long, or `undefined`. */
export function lengthProblem(source: string, name: string): string | undefined {
  const { length } = new TextEncoder().encode(JSON.stringify(source));
  if (length <= LONGEST_SOURCE) return undefined;
  const size = (bytes: number) => `${Math.round(bytes / 1000).toLocaleString("en")} KB`;
  return `${name} has ${size(length)} of text, but a cell may have at most ${size(LONGEST_SOURCE)}: split it`;
}

/** @throws {NotebookFileError} if the cell's text is too long */
export function checkLength(source: string, index: number): void {
  const problem = lengthProblem(source, `cell ${index + 1}`);
  if (problem !== undefined) throw new NotebookFileError(problem);
}

function keptOf({ metadata = {}, attachments, executionCount }: Partial<PageCell>): Record<string, FileJson> {
  return {
    ...Object.keys(metadata).length > 0 ? { metadata } : {},
    ...attachments === undefined ? {} : { attachments },
    ...executionCount === undefined ? {} : { executionCount },
  };
}
