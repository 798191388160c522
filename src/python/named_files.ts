/**
 * Finds the files that a cell's code names.
 *
 * @module
 */

import { stringLiterals } from "./string_literals.ts";

/** The longest path, in characters. Source: PATH_MAX on Linux. */
const MAX_PATH = 4_096;

/** The number of trailing parts of a path that are compared. Files in deeper folders are not expected. */
const MAX_PARTS = 40;

/** The URL of something other than a local file. */
const ADDRESS = /^(?!file:)[a-z][a-z0-9+.-]+:\/\//i;

/**
 * Returns the files that a cell names. A file is named if a string literal in the code is its name, or a path that ends in it
 * (`data/t.csv`, `./t.csv`, `r"C:\data\t.csv"`). Longer texts, comments and web addresses that contain the name do not count.
 *
 * @param code the cell's code as it was typed
 * @param names file names or paths
 * @returns the named files, in the order of their first occurrence
 */
export function namedFiles(code: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const wanted = Map.groupBy(names, plainPath);
  wanted.delete("");
  const found = pathsIn(code).flatMap((path) => endsOf(path).flatMap((end) => wanted.get(end) ?? []));
  return [...new Set(found)];
}

/** Returns a path and all of its shorter forms, each without one more of the first parts. */
function endsOf(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(-MAX_PARTS).map((_, index, { length }) => parts.slice(index - length).join("/"));
}

/**
 * Lists the string literals of a cell that could be paths of files with certain extensions.
 *
 * @param code the cell's code as it was typed
 * @param endings the extensions, in lower case and without the dot
 * @returns the distinct paths in order, normalized to `/` and without `./`
 */
export function filePathsIn(code: string, endings: readonly string[]): string[] {
  const hasEnding = (path: string) => endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`));
  return [...new Set(pathsIn(code).filter(hasEnding))];
}

function pathsIn(code: string): string[] {
  return stringLiterals(code).filter((text) => text.length <= MAX_PATH && !/[\n\r\0]/.test(text) && !ADDRESS.test(text))
    .map(plainPath);
}

/** Normalizes a path: `/` between its parts, and no empty or `.` parts. */
function plainPath(path: string): string {
  return path.replace(/^file:\/\//, "").replaceAll("\\", "/").replace(/\/(?:\.?\/)+/g, "/").replace(/^(?:\.\/)+/, "");
}
