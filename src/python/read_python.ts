/**
 * A cell's code as a syntax tree, with its magics taken out where it has any.
 *
 * @module
 */

import { type CellSource, replaceMagics } from "./cell_source.ts";
import { isPython, parsePython, type PythonTree } from "./python_tree.ts";

/** A cell's code and its tree. */
export interface PythonSource extends CellSource {
  /** The tree of `code`. */
  tree: PythonTree;
  /** Whether `code` is Python; the tree of what is not has error nodes in it. */
  parses: boolean;
}

/**
 * Parses a cell. Only if it is not Python as it stands are its magics replaced.
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
