/**
 * Parses a cell's code after replacing its magics.
 *
 * @module
 */

import { type CellSource, replaceMagics } from "./cell_source.ts";
import { isPython, parsePython, type PythonTree } from "./python_tree.ts";

export interface PythonSource extends CellSource {
  tree: PythonTree;
  /** Whether `code` is valid Python. If not, the tree has error nodes. */
  parses: boolean;
}

/**
 * Parses a cell. Magics are replaced only if the cell is not valid Python as it is.
 *
 * @param code the cell as `normalizeCell` returns it, without its cell magic
 */
export function readPython(code: string): PythonSource {
  const tree = parsePython(code);
  if (isPython(tree)) return { code, tree, parses: true, isMagic: false, lastMagic: -1 };
  const source = replaceMagics(code);
  if (!source.isMagic) return { ...source, tree, parses: false };
  const remaining = parsePython(source.code);
  return { ...source, tree: remaining, parses: isPython(remaining) };
}
