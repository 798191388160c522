/**
 * Describes why a file cannot be read or written.
 *
 * @module
 */

import { errorCode } from "./error_code.ts";

export type FileAccess = "read" | "write";

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["ENOTDIR", "a part of the path is a file, not a folder"],
  ["EEXIST", "a part of the path is a file, not a folder"],
  ["EISDIR", "it is a folder"],
  ["EINVAL", "it is not a file"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "it is on a read-only disk"],
  ["ENOSPC", "the disk is full"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ERR_FS_FILE_TOO_LARGE", "it is too large"],
  ["ERR_STRING_TOO_LONG", "it is too large"],
]);

/** The meaning of `ENOENT`: the file to read, or the folder to write into, does not exist. */
const missing: Readonly<Record<FileAccess, string>> = {
  read: "there is no such file",
  write: "there is no such file or folder",
};

/** Returns the reason for an error of `node:fs`, in words that complete "cannot read FILE: ". */
export function fileProblem(error: unknown, access: FileAccess): string {
  const code = errorCode(error);
  if (code === "ENOENT") return missing[access];
  return reasons.get(code) ?? (error instanceof Error ? error.message : String(error));
}
