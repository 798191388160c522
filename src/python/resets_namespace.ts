/**
 * Whether a cell is the magic `%reset`.
 *
 * @module
 */

import { normalizeCell } from "./cell_source.ts";

/** `%reset`, with its options `-f` and `--aggressive`; `-s` and names of parts (`in`, `out`, `dhist`, `array`) leave or clear only those. */
const RESET = /^%?reset(?:[ \t]+(?:-f|--aggressive))*[ \t]*$/;

/** Whether a cell does nothing but delete all that the session has defined. */
export function resetsNamespace(cell: string): boolean {
  return RESET.test(normalizeCell(cell).trim());
}
