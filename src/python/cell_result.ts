/**
 * Determines whether the last statement of a cell can have a value to show.
 *
 * @module
 */

import { keepsItsMeaning } from "./name_uses.ts";
import type { PythonNode, PythonTree } from "./python_tree.ts";

/**
 * Whether `Out[n]` is possible. `expected`: the last statement is an expression, whose value may still be `None`. `none`: IPython
 * never shows a value. `unknown`: the code alone does not determine it.
 */
export type ExpectedResult = "expected" | "none" | "unknown";

/** Calls that always return `None`. The list has only those that often end a cell and whose names are rarely redefined. */
const CALLS_WITHOUT_VALUE: ReadonlySet<string> = new Set(["print", "help", "plt.show", "time.sleep"]);

/**
 * Determines whether the last statement has a value to show. As in IPython, a final `;` suppresses the value.
 *
 * @param tree the tree of the whole cell, without errors
 * @param lastMagic the offset of the last line that was a magic. Default: -1, if there was none
 */
export function expectedResult(tree: PythonTree, code: string, lastMagic = -1): ExpectedResult {
  let last = tree.topNode.lastChild;
  while (last !== null && last.name === "Comment") last = last.prevSibling;
  if (last === null) return "none";
  if (lastMagic >= 0 && last.from >= lastMagic && !code.slice(lastMagic, last.from).includes("\n")) return "unknown";
  if (last.name === "StatementGroup") last = last.lastChild!;
  if (last.name !== "ExpressionStatement") return "none";
  const expression = last.firstChild!;
  const isTuple = expression.nextSibling !== null;
  if (isTuple) return "expected";
  if (expression.name === "None") return "none";
  return isCallWithoutValue(expression, tree, code) ? "none" : "expected";
}

function isCallWithoutValue(expression: PythonNode, tree: PythonTree, code: string): boolean {
  if (expression.name !== "CallExpression") return false;
  const { from, to } = expression.firstChild!;
  const name = code.slice(from, to);
  return CALLS_WITHOUT_VALUE.has(name) && keepsItsMeaning(name, tree, code);
}
