/**
 * Which files a cell's code names.
 *
 * @module
 */

import { stringLiterals } from "./string_literals.ts";

/** The longest path, in characters. Source: PATH_MAX on Linux. */
const MAX_PATH = 4_096;

/** An address of something that is no file on this machine. */
const ADDRESS = /^(?!file:)[a-z][a-z0-9+.-]+:\/\//i;

/**
 * Tells which of some files a cell names: a string in its code is the name, or a path that ends in it (`data/t.csv`, `./t.csv`,
 * `r"C:\data\t.csv"`). A text in which the name occurs does not name it, and neither do comments and web addresses.
 *
 * @param code the cell's code as it was typed
 * @param names the names of the files, or paths
 * @returns those that are named, in the order in which the code first does
 */
export function namedFiles(code: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const wanted = names.map((name) => ({ name, path: plainPath(name) })).filter(({ path }) => path !== "");
  const found = pathsIn(code).flatMap((path) =>
    wanted.filter((file) => path === file.path || path.endsWith(`/${file.path}`)).map(({ name }) => name)
  );
  return [...new Set(found)];
}

/**
 * Lists the strings of a cell that could be the path of a file with one of some endings.
 *
 * @param code the cell's code as it was typed
 * @param endings how names may end, in lower case and without the dot
 * @returns the paths, each once and in order, with `/` between their parts and without `./`
 */
export function filePathsIn(code: string, endings: readonly string[]): string[] {
  const hasEnding = (path: string) => endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`));
  return [...new Set(pathsIn(code).filter(hasEnding))];
}

function pathsIn(code: string): string[] {
  return stringLiterals(code).filter((text) => text.length <= MAX_PATH && !/[\n\r\0]/.test(text) && !ADDRESS.test(text))
    .map(plainPath);
}

/** A path with `/` between its parts, without parts that say nothing. */
function plainPath(path: string): string {
  return path.replace(/^file:\/\//, "").replaceAll("\\", "/").replace(/\/(?:\.?\/)+/g, "/").replace(/^(?:\.\/)+/, "");
}
