/**
 * What an import statement binds to which names.
 *
 * @module
 */

import { importedNames } from "../../python/imported_names.ts";
import type { PythonNode } from "../../python/python_tree.ts";

/** A name that is bound by an import. */
export interface Import {
  /** The name. */
  name: string;
  /** The module that is imported. */
  module: string;
  /** What the name stands for: the module, one that it is in, or something in it. */
  path: string;
}

const IMPORT = /^(?:from (\S+) )?import (\S+)(?: as \S+)?$/;

/** Reads an import statement; stars and imports from the own package bind nothing that is known. */
export function importsOf(node: PythonNode, code: string): Import[] {
  return importedNames(node, code).flatMap(({ name, statement }) => {
    const [, from, imported] = IMPORT.exec(statement) ?? [];
    if (imported === undefined || name === "" || from?.startsWith(".")) return [];
    if (from !== undefined) return [{ name, module: from, path: `${from}.${imported}` }];
    return [{ name, module: imported, path: statement.includes(" as ") ? imported : name }];
  });
}
