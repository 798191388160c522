/**
 * Says in words why a file cannot be read or written.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "there is no such file or folder"],
  ["ENOTDIR", "a part of the path is a file, not a folder"],
  ["EISDIR", "it is a folder"],
  ["EINVAL", "it is not a file"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "it is on a disk that cannot be written"],
  ["ENOSPC", "the disk is full"],
  ["ENAMETOOLONG", "the name is too long"],
  ["ERR_FS_FILE_TOO_LARGE", "it is too large"],
  ["ERR_STRING_TOO_LONG", "it is too large"],
]);

/** The reason of an error of `node:fs`. */
export function fileProblem(error: unknown): string {
  return reasons.get((error as { code?: unknown }).code) ?? (error instanceof Error ? error.message : String(error));
}

/** The error for a file, named on the command line, that cannot be used. */
export function unusable(message: string): ConfigurationError {
  return new ConfigurationError([{ message }]);
}
