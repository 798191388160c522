/**
 * Copies a cell's attached pictures when its text moves into another cell.
 *
 * @module
 */

import { isJsonObject, parseJson } from "../../../src/nbformat/json_text.ts";
import type { NotebookStore } from "../../../src/notebook/notebook_store.ts";
import { events } from "../../../src/notebook/schema/mod.ts";
import { api } from "../api/api.ts";
import type { Upload } from "../file/artifact_content.ts";
import { cellKey, keepParts, readParts } from "../file/kept_parts.ts";
import { keptUnder } from "../store/queries.ts";

/**
 * Adds the attachments of some cells to another cell. A picture that cannot be fetched is replaced by its description.
 *
 * @param upload stores what is too large for an event
 */
export async function carryAttachments(
  notebook: NotebookStore,
  from: readonly string[],
  to: string,
  upload: Upload,
): Promise<void> {
  const values = from.flatMap((id) => valueOf(notebook, id) ?? []);
  if (values.length === 0) return;
  try {
    const all = await Promise.all(values.map((value) => readParts(value, api.artifact)));
    const carried = all.flatMap(({ attachments }) => isJsonObject(attachments) ? [attachments] : []);
    if (carried.length === 0) return;
    const own = await readParts(valueOf(notebook, to), api.artifact);
    const attachments = Object.assign({}, ...carried, own.attachments);
    const value = await keepParts({ ...own, attachments }, upload);
    notebook.commit(events.notebookMetadataSet({ key: cellKey(to), value }));
  } catch {
    return;
  }
}

/** Finds a name under which more than one of these cells has a picture. `undefined` if there is none. */
export function sharedAttachment(notebook: NotebookStore, ids: readonly string[]): string | undefined {
  const names = ids.flatMap((id) => namesIn(valueOf(notebook, id)));
  return names.find((name, index) => names.indexOf(name) < index);
}

function namesIn(value: string | undefined): string[] {
  if (value === undefined) return [];
  try {
    const kept = parseJson(value);
    if (!isJsonObject(kept)) return [];
    // A picture that is stored outside the event would have to be fetched to be compared.
    if (Array.isArray(kept.artifacts)) return ["(not loaded)"];
    const parts = kept.parts;
    return isJsonObject(parts) && isJsonObject(parts.attachments) ? Object.keys(parts.attachments) : [];
  } catch {
    return [];
  }
}

function valueOf(notebook: NotebookStore, id: string): string | undefined {
  return notebook.query(keptUnder(cellKey(id)))[0]?.value;
}
