/**
 * Lists the names that a cell needs from earlier cells.
 *
 * @module
 */

import { cellMagicBody, normalizeCell, PLACEHOLDER } from "./cell_source.ts";
import { scanNames } from "./name_scan.ts";
import { readPython } from "./read_python.ts";

/**
 * Lists the names that a cell reads or changes before it binds them, including those read in functions and built-in names. Accepts
 * any text and never throws. The body of a magic such as `%%bash` is not Python and uses no names.
 *
 * @param cell the cell's code as it was typed
 */
export function namesUsed(cell: string): Set<string> {
  const normalized = normalizeCell(cell);
  const { code, tree } = readPython(cellMagicBody(normalized) ?? normalized);
  const used = new Set(scanNames(tree.topNode, code).reads);
  used.delete(PLACEHOLDER);
  return used;
}
