/**
 * What a cell does with a name.
 *
 * @module
 */

import type { PythonNode, PythonTree } from "./python_tree.ts";

/**
 * Whether a name is only ever used in the cell as the function, or the imported module, that it usually is.
 *
 * @param name a function, or a module and its function: `print`, `plt.show`
 * @param tree the tree of the whole cell
 * @param code what the tree was made from
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

/** The nodes in which a name that stands there is read, and not bound. */
const READERS: ReadonlySet<string> = new Set([
  "ExpressionStatement",
  "ParenthesizedExpression",
  "BinaryExpression",
  "UnaryExpression",
  "MemberExpression",
  "FormatReplacement",
]);

/**
 * The value that a name certainly has at the end of the cell: it is assigned once, at the top level, and only read besides.
 *
 * @param name the name
 * @param tree the tree of the whole cell
 * @param code what the tree was made from
 * @returns the node of the assigned expression
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

/** Whether a name is handed to a call, and is not that of a keyword. */
function isArgument(use: PythonNode): boolean {
  return use.parent!.name === "ArgList" && use.nextSibling?.name !== "AssignOp";
}
