/**
 * Reads display directives from the metadata of a display: IPython's display ids, updates and clearing.
 *
 * @module
 */

import type { MimeMetadata } from "../media/mime_bundle.ts";

export type DisplayDirective =
  /** Clears the cell's outputs, immediately or (`wait`) when the next output arrives. */
  | { type: "clear"; wait: boolean }
  /** Changes all displays with this id in place. */
  | { type: "update"; displayId: string; metadata: MimeMetadata }
  /** Shows new content. It can be changed later if it has an id. */
  | { type: "show"; displayId?: string; metadata: MimeMetadata };

/**
 * Reads the metadata of a display. Three keys have the effects of IPython's own calls: `display_id` names the display, `update`
 * changes the displays with that name, and `clear_output` (with `wait`) clears the cell's outputs. An `update` or `show` keeps the
 * other keys.
 */
export function readDisplayDirective(metadata: MimeMetadata = {}): DisplayDirective {
  const { display_id: displayId, update, clear_output: clear, wait, ...rest } = metadata;
  if (clear === true) return { type: "clear", wait: wait === true };
  if (typeof displayId !== "string") return { type: "show", metadata: rest };
  return { type: update === true ? "update" : "show", displayId, metadata: rest };
}
