/**
 * Reads a cell's code, so that the model can be told what to expect, and its answer be held to it.
 *
 * @module
 */

import { type CellFeatures, cellFeatures } from "./cell_features.ts";
import { type ExpectedResult, expectedResult } from "./cell_result.ts";
import { cellMagicBody, normalizeCell } from "./cell_source.ts";
import { mustOutput, topStatements } from "./must_output.ts";
import type { PythonTree } from "./python_tree.ts";
import { readPython } from "./read_python.ts";

/** What a cell's code tells before it runs. */
export interface CellAnalysis {
  /** Whether there are only blanks and comments. */
  isEmpty: boolean;
  /** Whether the cell can have an `execute_result`. */
  result: ExpectedResult;
  /** How many of its statements are expressions, those inside of others apart. */
  expressions: number;
  /** Whether it is certain to output something, be it an exception. */
  mustOutput: boolean;
  /** Whether IPython has to read it first: it has `%magics`, `!commands`, `obj?` or `/escaped calls`. */
  isMagic: boolean;
  /** Whether the Python in it parses; what a magic such as `%%bash` takes is not Python. */
  parses: boolean;
  /** What is in it to work out. */
  features: CellFeatures;
}

/**
 * Analyses a cell, in time linear in its length. It takes any text and never throws.
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
