/**
 * Lists a folder for completion with Tab.
 *
 * @module
 */

import type { FolderEntry } from "../../repl/completion/file_names.ts";

/** The maximum number of entries, so that a large folder does not block the prompt. */
const MAX_ENTRIES = 10_000;

/**
 * Lists a folder.
 *
 * @param path a path relative to the working directory
 * @returns its entries; none if it cannot be read, or if Deno would have to ask for the permission
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
