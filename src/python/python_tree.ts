/**
 * Python source as a syntax tree.
 *
 * @module
 */

import { parser } from "@lezer/python";

/** The syntax tree of a text; text that is not Python has error nodes in it. */
export type PythonTree = ReturnType<typeof parser.parse>;

/** A node of the tree. */
export type PythonNode = PythonTree["topNode"];

/**
 * Parses Python. It never throws and is linear in the length of the code.
 *
 * @param code the source, without IPython's magics
 */
export function parsePython(code: string): PythonTree {
  return parser.parse(code);
}

/**
 * Whether Python 3 would read it. The grammar knows the `print` statement of Python 2, which is an error by now.
 *
 * @param tree what {@linkcode parsePython} returned
 */
export function isPython(tree: PythonTree): boolean {
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError || cursor.name === "PrintStatement") return false;
  } while (cursor.next());
  return true;
}

/** The children of a node, in order. */
export function childrenOf(node: PythonNode): PythonNode[] {
  const children: PythonNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
