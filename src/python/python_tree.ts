/**
 * Parses Python source into a syntax tree.
 *
 * @module
 */

import { parser } from "@lezer/python";

/** A syntax tree. Text that is not valid Python gives error nodes. */
export type PythonTree = ReturnType<typeof parser.parse>;

/** A node of the tree. */
export type PythonNode = PythonTree["topNode"];

/**
 * Parses Python source, in time linear in its length. Never throws.
 *
 * @param code the source, without IPython's magics
 */
export function parsePython(code: string): PythonTree {
  return parser.parse(code);
}

/**
 * Whether Python 3 accepts the code. The grammar also knows the `print` statement of Python 2, which counts as an error.
 *
 * @param tree the result of {@linkcode parsePython}
 */
export function isPython(tree: PythonTree): boolean {
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError || cursor.name === "PrintStatement") return false;
  } while (cursor.next());
  return true;
}

/** Returns the statements at the top level, without comments. */
export function topStatements(tree: PythonTree): PythonNode[] {
  return childrenOf(tree.topNode).flatMap((node) => node.name === "StatementGroup" ? childrenOf(node) : [node])
    .filter(({ name }) => name !== "Comment" && name !== ";");
}

/** Returns the children of a node, in order. */
export function childrenOf(node: PythonNode): PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
