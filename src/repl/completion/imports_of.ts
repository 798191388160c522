/**
 * Reads the names that an import statement binds.
 *
 * @module
 */

import { importedNames } from "../../python/imported_names.ts";
import type { PythonNode } from "../../python/python_tree.ts";

/** A name that an import binds. */
export interface Import {
  name: string;
  /** The module that is imported. */
  module: string;
  /** The path of the object that the name refers to: the module, its parent, or a member of it. */
  path: string;
}

const IMPORT = /^(?:from (\S+) )?import (\S+)(?: as \S+)?$/;

/** Returns the names that an import statement binds; none for a star or a relative import, whose names are not known. */
export function importsOf(node: PythonNode, code: string): Import[] {
  return importedNames(node, code).flatMap(({ name, statement }) => {
    const [, from, imported] = IMPORT.exec(statement) ?? [];
    if (imported === undefined || name === "" || from?.startsWith(".")) return [];
    if (from !== undefined) return [{ name, module: from, path: `${from}.${imported}` }];
    return [{ name, module: imported, path: statement.includes(" as ") ? imported : name }];
  });
}
