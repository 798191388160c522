/**
 * Lists the names that an import statement binds.
 *
 * @module
 */

import { childrenOf, type PythonNode } from "./python_tree.ts";

/** One name of an import statement. */
export interface ImportedName {
  /** The bound name; empty for `*`. */
  name: string;
  /** An import statement that binds only this name. */
  statement: string;
}

/**
 * Splits an import statement into its names.
 *
 * @param node an `ImportStatement`
 * @param code the code that the tree was parsed from
 */
export function importedNames(node: PythonNode, code: string): ImportedName[] {
  const children = childrenOf(node).filter(({ name }) => name !== "Comment");
  const textOf = (nodes: PythonNode[]) => nodes.map(({ from, to }) => code.slice(from, to)).join("");
  const start = children.findIndex(({ name }) => name === "import");
  const origin = start > 0 ? `from ${textOf(children.slice(1, start))} ` : "";
  return split(children.slice(start + 1)).map((part) => {
    const as = part.findIndex(({ name }) => name === "as");
    const path = textOf(as === -1 ? part : part.slice(0, as));
    const alias = as === -1 ? undefined : textOf(part.slice(as + 1));
    const name = alias ?? (path === "*" ? "" : path.split(".")[0]);
    return { name, statement: `${origin}import ${path}${alias === undefined ? "" : ` as ${alias}`}` };
  }).filter(({ name, statement }) => name !== "" || statement.endsWith("*"));
}

/** Splits nodes at commas and removes parentheses. */
function split(nodes: PythonNode[]): PythonNode[][] {
  const parts: PythonNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ",") parts.push([]);
    else if (node.name !== "(" && node.name !== ")") parts.at(-1)!.push(node);
  }
  return parts.filter((part) => part.length > 0);
}
