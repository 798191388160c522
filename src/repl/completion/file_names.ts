/**
 * Completes the paths of files in a folder and below it.
 *
 * @module
 */

import { type Completion, completionOf } from "./completion.ts";

export interface FolderEntry {
  name: string;
  isFolder: boolean;
}

/** Lists a folder, given a path relative to the working directory; returns an empty list if it cannot be read. Files are not read. */
export type ReadFolder = (path: string) => readonly FolderEntry[];

/**
 * Completes a path relative to the working directory. Folders end in `/`. Hidden entries are candidates only if their dot was typed.
 *
 * @param typed the beginning of the path
 * @param isWanted returns whether a file is a candidate; folders always are. Default: all files are
 * @returns the completion; `undefined` if nothing matches, or if the path is outside of the working directory
 */
export function completeFile(
  typed: string,
  readFolder: ReadFolder,
  isWanted: (name: string) => boolean = () => true,
): Completion | undefined {
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  if (typed.startsWith("/") || folder.split("/").includes("..")) return undefined;
  const begun = typed.slice(folder.length);
  const names = readFolder(folder === "" ? "." : folder)
    .filter(({ name, isFolder }) => (isFolder || isWanted(name)) && (begun.startsWith(".") || !name.startsWith(".")))
    .map(({ name, isFolder }) => `${name}${isFolder ? "/" : ""}`)
    .filter((name) => !/\p{Cc}/u.test(name));
  // The added _ makes names that begin with _ candidates too.
  const { insert, candidates } = completionOf(`_${begun}`, names.map((name) => `_${name}`));
  return candidates.length === 0 ? undefined : { insert, candidates: candidates.map((name) => name.slice(1)) };
}
