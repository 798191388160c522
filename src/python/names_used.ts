/**
 * The names that a cell needs from those before it.
 *
 * @module
 */

import { cellMagicBody, normalizeCell, PLACEHOLDER } from "./cell_source.ts";
import { scanNames } from "./name_scan.ts";
import { readPython } from "./read_python.ts";

/**
 * Lists the names that a cell reads or changes before it binds them, also within functions. Built-in names are among them. It takes any
 * text and never throws; what a magic such as `%%bash` takes is not Python and uses nothing.
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
