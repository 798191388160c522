/**
 * Recognizes cells that reset the namespace with `%reset`.
 *
 * @module
 */

import { normalizeCell } from "./cell_source.ts";

/**
 * `%reset`, with the options `-f` and `--aggressive`. The option `-s` and the names of parts (`in`, `out`, `dhist`, `array`) do not
 * match, because they keep or clear only part of the session.
 */
const RESET = /^%?reset(?:[ \t]+(?:-f|--aggressive))*[ \t]*$/;

/** Whether a cell does nothing except delete everything that the session has defined. */
export function resetsNamespace(cell: string): boolean {
  return RESET.test(normalizeCell(cell).trim());
}
