/**
 * Reads what the metadata of a display asks for besides being shown: IPython's display ids, updates and clearing.
 *
 * @module
 */

import type { MimeMetadata } from "../media/mime_bundle.ts";

/** What a call of `display` asks for. */
export type DisplayDirective =
  /** Clear the cell's outputs: at once, or (`wait`) when the next output arrives. */
  | { type: "clear"; wait: boolean }
  /** Change all displays of that name in place. */
  | { type: "update"; displayId: string; metadata: MimeMetadata }
  /** Show something new, with a name by which it can be changed later, or without. */
  | { type: "show"; displayId?: string; metadata: MimeMetadata };

/**
 * Reads the metadata of a display. Three keys act as IPython's own calls do: `display_id` names the display, `update` changes the
 * displays of that name, and `clear_output` (with `wait`) clears the cell's outputs.
 *
 * @param metadata the metadata as given; what is returned holds the rest of it
 */
export function readDisplayDirective(metadata: MimeMetadata = {}): DisplayDirective {
  const { display_id: displayId, update, clear_output: clear, wait, ...rest } = metadata;
  if (clear === true) return { type: "clear", wait: wait === true };
  if (typeof displayId !== "string") return { type: "show", metadata: rest };
  return { type: update === true ? "update" : "show", displayId, metadata: rest };
}
