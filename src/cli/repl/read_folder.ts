/**
 * Lists a folder for Tab.
 *
 * @module
 */

import type { FolderEntry } from "../../repl/completion/file_names.ts";

/** The most entries that are listed, so that no folder holds the prompt up. */
const MAX_ENTRIES = 10_000;

/**
 * Lists a folder.
 *
 * @param path a path that begins at the working directory
 * @returns its entries; none where it cannot be read, or where Deno would have to ask whether it may be
 */
export function readFolder(path: string): FolderEntry[] {
  if (Deno.permissions.querySync({ name: "read", path }).state !== "granted") return [];
  const entries: FolderEntry[] = [];
  try {
    for (const { name, isDirectory, isSymlink } of Deno.readDirSync(path)) {
      entries.push({ name, isFolder: isDirectory || (isSymlink && isFolderAt(`${path}/${name}`)) });
      if (entries.length === MAX_ENTRIES) break;
    }
  } catch {
    // A folder that does not exist has no entries.
  }
  return entries;
}

function isFolderAt(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}
