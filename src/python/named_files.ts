/**
 * Which files a cell's code names.
 *
 * @module
 */

import { stringLiterals } from "./string_literals.ts";

/** The longest path, in characters. Source: PATH_MAX on Linux. */
const MAX_PATH = 4_096;

/** How many of its last parts tell what a path names: nobody's files lie deeper. */
const MAX_PARTS = 40;

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
  const wanted = Map.groupBy(names, plainPath);
  wanted.delete("");
  const found = pathsIn(code).flatMap((path) => endsOf(path).flatMap((end) => wanted.get(end) ?? []));
  return [...new Set(found)];
}

/** A path, and what is left of it without its first parts. */
function endsOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(-MAX_PARTS).map((_, index, { length }) => parts.slice(index - length).join("/"));
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
