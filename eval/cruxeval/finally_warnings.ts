/**
 * The warnings of CPython 3.14 before it runs a cell: about statements that leave a `finally` block.
 *
 * @module
 */

import { childrenOf, parsePython, type PythonNode } from "../../src/python/python_tree.ts";

/** The statements that CPython warns about, by the types of their nodes. */
const LEAVING: Readonly<Record<string, string>> = {
  ReturnStatement: "return",
  BreakStatement: "break",
  ContinueStatement: "continue",
};

/** Nodes inside a `finally` block that CPython does not search. */
const LEFT_ALONE: ReadonlySet<string> = new Set([
  ...["ForStatement", "WhileStatement"],
  ...["FunctionDefinition", "ClassDefinition", "LambdaExpression"],
]);

/**
 * Returns the warnings on stderr. IPython compiles a cell twice before it runs it, and each compilation warns of all
 * places.
 */
export function finallyWarnings(code: string): string {
  const places = placesIn(parsePython(code).topNode, false);
  if (places.length === 0) return "";
  const lines = code.split("\n");
  const warnings = places.map(({ name, from }) => {
    const line = code.slice(0, from).split("\n").length;
    return { line, text: `${line}: SyntaxWarning: '${LEAVING[name]}' in a 'finally' block\n` };
  });
  const before = warnings.map(({ text }) => `<>:${text}`).join("");
  const own = warnings.map(({ line, text }) => `/tmp/ipykernel_1/1.py:${text}  ${lines[line - 1].trim()}\n`).join("");
  return before + before + own;
}

/** The statements below a node that leave a `finally` block. */
function placesIn(node: PythonNode, inFinally: boolean): PythonNode[] {
  if (node.name in LEAVING) return inFinally ? [node] : [];
  const isSeen = inFinally && !LEFT_ALONE.has(node.name);
  let isFinally = false;
  return childrenOf(node).flatMap((child) => {
    isFinally = node.name === "TryStatement" && (child.name === "finally" || (isFinally && child.name === "Body"));
    return placesIn(child, isFinally || isSeen);
  });
}
