/**
 * Analyses the code of a cell. The analysis is used to tell the model what to expect and to check its answer.
 *
 * @module
 */

import { type CellFeatures, cellFeatures } from "./cell_features.ts";
import { type ExpectedResult, expectedResult } from "./cell_result.ts";
import { cellMagicBody, normalizeCell } from "./cell_source.ts";
import { mustOutput } from "./must_output.ts";
import { type PythonTree, topStatements } from "./python_tree.ts";
import { readPython } from "./read_python.ts";

/** Facts about a cell's code that are known before it runs. */
export interface CellAnalysis {
  /** Whether there is nothing but white space and comments. */
  isEmpty: boolean;
  /** Whether the cell can have an `execute_result`. */
  result: ExpectedResult;
  /** The number of expression statements at the top level. */
  expressions: number;
  /** Whether the cell is certain to output something, possibly an exception. */
  mustOutput: boolean;
  /** Whether the cell has IPython syntax: `%magics`, `!commands`, `obj?` or `/escaped calls`. */
  isMagic: boolean;
  /** Whether the Python code parses. The body of a magic such as `%%bash` is not Python and counts as parsed. */
  parses: boolean;
  /** The parts of the code that have to be worked out. */
  features: CellFeatures;
}

/**
 * Analyses a cell, in time linear in its length. Accepts any text and never throws.
 *
 * @param code the cell's code as it was typed
 */
export function analyseCell(code: string): CellAnalysis {
  const cell = normalizeCell(code);
  const body = cellMagicBody(cell);
  const { code: python, tree, parses, isMagic, lastMagic } = readPython(body ?? cell);
  const hasCellMagic = body !== undefined;
  const result = hasCellMagic || !parses ? "unknown" : expectedResult(tree, python, lastMagic);
  return {
    isEmpty: !hasCellMagic && parses && isOnlyComments(tree),
    result,
    expressions: topStatements(tree).filter(({ name }) => name === "ExpressionStatement").length,
    mustOutput: parses && !hasCellMagic && !isMagic && mustOutput(tree, python, result === "expected"),
    isMagic: hasCellMagic || isMagic,
    parses,
    features: cellFeatures(tree, python),
  };
}

function isOnlyComments(tree: PythonTree): boolean {
  let node = tree.topNode.firstChild;
  while (node !== null && node.name === "Comment") node = node.nextSibling;
  return node === null;
}
