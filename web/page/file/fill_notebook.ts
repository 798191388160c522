/**
 * Puts a notebook file, or a first cell, into a new notebook.
 *
 * @module
 */

import type { CellOutput } from "../../../src/execution/cell_output.ts";
import type { NotebookFile } from "../../../src/nbformat/notebook_file.ts";
import type { NotebookEvent, NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { errorContent } from "../../../src/notebook/schema/error_content.ts";
import { inline, type Representations } from "../../../src/notebook/schema/media.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { successiveKeys } from "../store/position_between.ts";

/** A larger output is left out, in characters of JSON: the server takes no event of 1 MiB. */
const LARGEST_OUTPUT = 400_000;

/** The count of results that were not run in this notebook. */
const NOT_RUN_HERE = 0;

/** What is put in. */
export interface NotebookContents {
  title: string;
  cells: Pick<NotebookFile["cells"][number], "type" | "source" | "outputs">[];
}

/** A new notebook: one empty cell. */
export const emptyNotebook: NotebookContents = {
  title: "Untitled",
  cells: [{ type: "code", source: "", outputs: [] }],
};

/**
 * Writes the contents into an empty notebook.
 *
 * @param id the notebook's id
 * @param userId who does it
 */
export function fillNotebook(notebook: NotebookStore, id: string, contents: NotebookContents, userId: string): void {
  const { title, cells } = contents;
  const keys = successiveKeys(cells.length);
  const cellEvents = cells.flatMap(({ type, source, outputs }, index): NotebookEvent[] => {
    const cellId = `cell-${crypto.randomUUID()}`;
    return [
      events.cellCreated2({ id: cellId, fractionalIndex: keys[index], cellType: type, createdBy: userId }),
      events.cellSourceChanged({ id: cellId, source, modifiedBy: userId }),
      ...outputs.map((output, position) => outputEvent(cellId, position, output)),
    ];
  });
  notebook.commit(events.notebookInitialized({ id, title, ownerId: userId }), ...cellEvents);
}

function outputEvent(cellId: string, position: number, output: CellOutput): NotebookEvent {
  const place = { id: `output-${crypto.randomUUID()}`, cellId, position };
  if (JSON.stringify(output).length > LARGEST_OUTPUT) {
    const content = inline("[An output was left out here: it is too large. Run the cell to see it.]\n");
    return events.terminalOutputAdded({ ...place, content, streamName: "stderr" });
  }
  switch (output.type) {
    case "stream":
      return events.terminalOutputAdded({ ...place, content: inline(output.text), streamName: output.name });
    case "error":
      return events.errorOutputAdded({ ...place, content: errorContent(output) });
    case "display_data":
      return events.multimediaDisplayOutputAdded({ ...place, representations: toRepresentations(output) });
    case "execute_result":
      return events.multimediaResultOutputAdded({
        ...place,
        representations: toRepresentations(output),
        executionCount: NOT_RUN_HERE,
      });
  }
}

function toRepresentations({ data, metadata = {} }: Extract<CellOutput, { data: unknown }>): Representations {
  return Object.fromEntries(
    Object.entries(data).map(([mimeType, content]) => {
      const notes = metadata[mimeType];
      const isRecord = typeof notes === "object" && notes !== null && !Array.isArray(notes);
      return [mimeType, { ...inline(content), ...isRecord ? { metadata: notes } : {} }];
    }),
  );
}
