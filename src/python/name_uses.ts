/**
 * Determines how a cell uses a name.
 *
 * @module
 */

import type { PythonNode, PythonTree } from "./python_tree.ts";

/**
 * Whether the cell only uses a name with its usual meaning, as a function or as a function of an imported module.
 *
 * @param name a function, with or without its module: `print`, `plt.show`
 */
export function keepsItsMeaning(name: string, tree: PythonTree, code: string): boolean {
  const [root, member] = name.split(".");
  const usual = member === undefined ? ["CallExpression"] : ["MemberExpression", "ImportStatement"];
  let kept = true;
  tree.iterate({
    enter(node) {
      if (!kept) return false;
      if (node.name === "VariableName" && node.to - node.from === root.length && code.startsWith(root, node.from)) {
        kept = usual.includes(node.node.parent!.name);
      } else if (member !== undefined && (node.name === "AssignStatement" || node.name === "UpdateStatement")) {
        const target = node.node.firstChild!;
        kept = code.slice(target.from, target.to) !== name;
      }
    },
  });
  return kept;
}

/** The parents of a name node in which the name is read and not bound. */
const READERS: ReadonlySet<string> = new Set([
  "ExpressionStatement",
  "ParenthesizedExpression",
  "BinaryExpression",
  "UnaryExpression",
  "MemberExpression",
  "FormatReplacement",
]);

/**
 * Returns the value that a name is certain to have at the end of the cell: it is assigned exactly once, at the top level, and
 * otherwise only read.
 *
 * @returns the node of the assigned expression, or `undefined` if the value is not certain
 */
export function onlyValueOf(name: string, tree: PythonTree, code: string): PythonNode | undefined {
  let value: PythonNode | undefined;
  let isCertain = true;
  tree.iterate({
    enter(node) {
      if (node.name !== "VariableName" || code.slice(node.from, node.to) !== name) return;
      const use = node.node;
      const parent = use.parent!;
      const isOnlyTarget = parent.name === "AssignStatement" && parent.firstChild!.from === use.from &&
        parent.lastChild!.prevSibling!.prevSibling!.from === use.from;
      const isTop = parent.parent?.name === "Script" || parent.parent?.parent?.name === "Script";
      if (isOnlyTarget && isTop && value === undefined) value = parent.lastChild!;
      else if (!READERS.has(parent.name) && !isArgument(use)) isCertain = false;
    },
  });
  return isCertain ? value : undefined;
}

/** Whether a name is an argument of a call, and not the name of a keyword argument. */
function isArgument(use: PythonNode): boolean {
  return use.parent!.name === "ArgList" && use.nextSibling?.name !== "AssignOp";
}
