/**
 * Completes the paths of files in a folder and below it.
 *
 * @module
 */

import { type Completion, completionOf } from "./completion.ts";

/** An entry of a folder. */
export interface FolderEntry {
  /** Its name. */
  name: string;
  /** Whether it is a folder itself. */
  isFolder: boolean;
}

/** Lists a folder, by a path that begins at the working directory; empty where that cannot be read. Files themselves are not read. */
export type ReadFolder = (path: string) => readonly FolderEntry[];

/**
 * Completes a path that begins at the working directory. Folders end in `/`; hidden entries are candidates only where their dot was typed.
 *
 * @param typed the beginning of the path
 * @param readFolder lists folders
 * @param isWanted whether a file is a candidate; folders always are. Default: all are
 * @returns absent where nothing fits, or the path leads out of the folder
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
  // A name may begin with _ or not: all that fit are candidates.
  const { insert, candidates } = completionOf(`_${begun}`, names.map((name) => `_${name}`));
  return candidates.length === 0 ? undefined : { insert, candidates: candidates.map((name) => name.slice(1)) };
}
