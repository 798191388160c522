/**
 * Reads and writes the hidden parts of a cell in a file: `jupyter.source_hidden` and `jupyter.outputs_hidden` in its metadata,
 * and `collapsed`, which older files use for outputs.
 *
 * @module
 */

import { isJsonObject, type JsonObject } from "../../../src/nbformat/json_text.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import type { CellRow } from "../store/queries.ts";

export type CellVisibility = Pick<CellRow, "sourceVisible" | "outputVisible">;

export function readVisibility({ jupyter, collapsed }: JsonObject): CellVisibility {
  const hidden = isJsonObject(jupyter) ? jupyter : {};
  return {
    sourceVisible: hidden.source_hidden !== true,
    outputVisible: hidden.outputs_hidden !== true && collapsed !== true,
  };
}

/** Returns the metadata with the hidden parts. Unchanged if it already says the same. */
export function writeVisibility(metadata: JsonObject, { sourceVisible, outputVisible }: CellVisibility): JsonObject {
  const said = readVisibility(metadata);
  if (said.sourceVisible === sourceVisible && said.outputVisible === outputVisible) return metadata;
  const { jupyter, collapsed: _, ...others } = metadata;
  const { source_hidden: __, outputs_hidden: ___, ...rest } = isJsonObject(jupyter) ? jupyter : {};
  const hidden = {
    ...rest,
    ...sourceVisible ? {} : { source_hidden: true },
    ...outputVisible ? {} : { outputs_hidden: true },
  };
  return Object.keys(hidden).length === 0 ? others : { ...others, jupyter: hidden };
}

/** Returns the events that hide parts of a new cell. */
export function visibilityEvents(id: string, { sourceVisible, outputVisible }: CellVisibility): NotebookEvent[] {
  return [
    ...sourceVisible ? [] : [events.cellSourceVisibilityToggled({ id, sourceVisible })],
    ...outputVisible ? [] : [events.cellOutputVisibilityToggled({ id, outputVisible })],
  ];
}
