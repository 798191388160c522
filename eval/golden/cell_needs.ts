/**
 * Finds the requirements of cells besides Python and its standard library in their code.
 *
 * @module
 */

import { cellDefinitions, type Definition } from "../../src/python/cell_definitions.ts";
import { namesUsed } from "../../src/python/names_used.ts";
import { INSTALLED_PACKAGES } from "../../src/python/persona.ts";

const IMPORTED_MODULE = /^(?:from|import)\s+(\w+)/;

/** Lines that a shell reads, and calls that start one. */
const SHELL = /^\s*(?:\w+\s*=\s*)?!|^%%(?:bash|sh|script)\b|\b(?:subprocess\.\w+|os\.(?:system|popen))\(/m;

/**
 * Lists the requirements of each cell of a session: packages of the persona, and `shell`. A cell that uses a value
 * from an earlier cell also needs the packages behind that value.
 *
 * @param codes the code of all cells, in the order in which they ran
 */
export function needsOfCells(codes: readonly string[]): string[][] {
  const bound = new Map<string, ReadonlySet<string>>();
  const needsOfNames = (names: Iterable<string>) => [...names].flatMap((name) => [...bound.get(name) ?? []]);
  return codes.map((code) => {
    const needs = new Set([...needsOfNames(namesUsed(code)), ...(SHELL.test(code) ? ["shell"] : [])]);
    for (const definition of cellDefinitions(code)) {
      const made = new Set([...needsOfNames(definition.uses), ...packageOf(definition)]);
      for (const need of made) needs.add(need);
      for (const name of definition.names) bound.set(name, made);
    }
    return [...needs];
  });
}

function packageOf({ kind, source }: Definition): string[] {
  const [, module] = (kind === "import" && IMPORTED_MODULE.exec(source)) || [];
  return module !== undefined && INSTALLED_PACKAGES.includes(module) ? [module] : [];
}
