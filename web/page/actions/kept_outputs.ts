/**
 * Restores outputs that were cleared. No event undoes a clear, so they are added again under their old ids. Each then appears
 * once, even if several people undo.
 *
 * @module
 */

import { Schema } from "@livestore/livestore";
import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import type { MediaContainer, Representations } from "../../../src/notebook/schema/media.ts";
import { events, tables } from "../../../src/notebook/schema/mod.ts";
import { isWaitStatus } from "../../../src/notebook/schema/wait_status.ts";
import { growing } from "../store/output_rows.ts";
import { allOutputs, type DeltaRow, deltasOf, type OutputRow, outputsOf } from "../store/queries.ts";

/** Outputs that can be restored. */
export interface KeptOutputs {
  readonly rows: readonly OutputRow[];
  /** The texts that were appended to the outputs. */
  readonly deltas: readonly DeltaRow[];
  /** How often each cell had been started. Cells that had never been started are missing. */
  readonly starts: ReadonlyMap<string, number>;
}

/** Counts the starts of each cell. A start clears the outputs of the previous run. */
export const startsOfCells = {
  query: "SELECT cellId, MAX(startOfCell) AS starts FROM aipythonExecutions GROUP BY cellId",
  schema: Schema.Array(Schema.Struct({ cellId: Schema.String, starts: Schema.Number })),
  queriedTables: new Set(["aipythonExecutions"]),
};

/**
 * Saves the outputs that a cell shows now, except for one that is removed when a wait is over.
 *
 * @param cellId default: all cells
 */
export function keepOutputs(notebook: NotebookStore, cellId?: string): KeptOutputs {
  const rows: readonly OutputRow[] = notebook.query(cellId === undefined ? allOutputs : outputsOf(cellId));
  return {
    rows: rows.filter((row) => !isWaitStatus(row)),
    deltas: readDeltas(notebook, rows),
    starts: readStarts(notebook),
  };
}

/** Returns the outputs of cells that have not been started since. */
export function stillValid({ rows, starts }: KeptOutputs, notebook: NotebookStore): OutputRow[] {
  const now = readStarts(notebook);
  return rows.filter(({ cellId }) => starts.get(cellId) === now.get(cellId));
}

/** Makes the events that restore the outputs that are still valid, are missing now, and whose cell exists. */
export function outputsToRestore(kept: KeptOutputs, notebook: NotebookStore): NotebookEvent[] {
  const standing = new Set(notebook.query(tables.outputs.select("id")));
  const cells = new Set(notebook.query(tables.cells.select("id")));
  const rows = stillValid(kept, notebook).filter(({ id, cellId }) => cells.has(cellId) && !standing.has(id));
  // Clearing one cell leaves the deltas of its outputs in the tables. Clearing all cells removes them.
  const there = new Set(readDeltas(notebook, rows).map(({ id }) => id));
  const back = new Set(rows.map(({ id }) => id));
  return [
    ...rows.flatMap((row) => addedAgain(row, notebook) ?? []),
    ...kept.deltas
      .filter(({ id, outputId }) => back.has(outputId) && !there.has(id))
      .map((delta) => events.markdownOutputAppended2(delta)),
  ];
}

function readDeltas(notebook: NotebookStore, rows: readonly OutputRow[]): readonly DeltaRow[] {
  const ids = growing(rows);
  return ids.length === 0 ? [] : notebook.query(deltasOf(ids));
}

function readStarts(notebook: NotebookStore): Map<string, number> {
  return new Map(notebook.select(startsOfCells).map(({ cellId, starts }) => [cellId, starts]));
}

function addedAgain(row: OutputRow, notebook: NotebookStore): NotebookEvent | undefined {
  const { id, cellId, position, displayId } = row;
  const place = { id, cellId, position };
  switch (row.outputType) {
    case "terminal":
      return events.terminalOutputAdded({
        ...place,
        content: contentOf(row, row.data),
        streamName: row.streamName === "stderr" ? "stderr" : "stdout",
      });
    case "error":
      return events.errorOutputAdded({ ...place, content: contentOf(row, readError(row.data)) });
    case "markdown":
      return events.markdownOutputAdded({ ...place, content: contentOf(row, row.data) });
    case "multimedia_display":
      return events.multimediaDisplayOutputAdded({
        ...place,
        representations: shownNow(row, notebook),
        ...displayId === null ? {} : { displayId },
      });
    case "multimedia_result":
      return events.multimediaResultOutputAdded({
        ...place,
        representations: row.representations ?? {},
        executionCount: row.executionCount ?? 0,
      });
  }
}

function contentOf({ artifactId, metadata }: OutputRow, data: unknown): MediaContainer {
  const more = metadata === null ? {} : { metadata };
  return artifactId === null ? { type: "inline", data, ...more } : { type: "artifact", artifactId, ...more };
}

/**
 * Returns a display's current content if it is also shown in another cell. Restoring the old content would revert that one, too.
 */
function shownNow({ displayId, representations }: OutputRow, notebook: NotebookStore): Representations {
  const [other] = displayId === null ? [] : notebook.query(tables.outputs.where({ displayId }).limit(1));
  return other?.representations ?? representations ?? {};
}

/** Parses an exception. It is an object in its event and text in its row. */
function readError(data: string | null): unknown {
  try {
    return JSON.parse(data ?? "");
  } catch {
    return data;
  }
}
