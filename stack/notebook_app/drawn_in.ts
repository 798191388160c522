/**
 * Decides whether a cell's outputs are drawn in the app's page or in a frame on another host.
 *
 * @module
 */

import type { AppOutput } from "./app_cell.ts";
import { rowType } from "./row_type.ts";

/** The types that cannot run scripts. */
const HARMLESS = ["text/plain", "image/png", "image/jpeg", "image/gif"];

export type Place = "page" | "frame";

/**
 * Returns the place of a cell's outputs. They are all drawn in the frame if one row is an error or has a type that
 * may run scripts.
 */
export function drawnIn(outputs: readonly AppOutput[]): Place {
  return outputs.every((output) => HARMLESS.includes(rowType(output))) ? "page" : "frame";
}
