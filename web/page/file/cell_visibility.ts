/**
 * Which parts of a cell are hidden, as files say it: `jupyter.source_hidden` and `jupyter.outputs_hidden` in its metadata, and
 * `collapsed`, which older files have for the outputs.
 *
 * @module
 */

import { isJsonObject, type JsonObject } from "../../../src/nbformat/json_text.ts";
import type { NotebookEvent } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import type { CellRow } from "../store/queries.ts";

/** What of a cell is seen. */
export type CellVisibility = Pick<CellRow, "sourceVisible" | "outputVisible">;

/** Reads the metadata of a cell. */
export function readVisibility({ jupyter, collapsed }: JsonObject): CellVisibility {
  const hidden = isJsonObject(jupyter) ? jupyter : {};
  return {
    sourceVisible: hidden.source_hidden !== true,
    outputVisible: hidden.outputs_hidden !== true && collapsed !== true,
  };
}

/** The metadata with what is hidden; as they are where they say it already. */
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

/** The events that hide what a new cell does not show. */
export function visibilityEvents(id: string, { sourceVisible, outputVisible }: CellVisibility): NotebookEvent[] {
  return [
    ...sourceVisible ? [] : [events.cellSourceVisibilityToggled({ id, sourceVisible })],
    ...outputVisible ? [] : [events.cellOutputVisibilityToggled({ id, outputVisible })],
  ];
}
