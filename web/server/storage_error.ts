/**
 * The error for what cannot be kept in the data folder.
 *
 * @module
 */

import { errorCode } from "../../src/cli/files/error_code.ts";
import { fileProblem } from "../../src/cli/files/file_problem.ts";

/** Something could not be written; what was there before is unchanged. */
export class StorageError extends Error {
  /** The class's name. */
  override readonly name = "StorageError";
  /** The file or folder. */
  readonly path: string;

  /**
   * @param path the file or folder
   * @param cause what `node:fs` or Deno threw
   */
  constructor(path: string, cause: unknown) {
    const reason = fileProblem(cause, "write");
    super(`${path} cannot be written: ${reason}. Nothing was changed. ${adviceFor(cause)}`, { cause });
    this.path = path;
  }
}

/** The sync server does not write again by itself when the disk was full to the last byte. */
function adviceFor(cause: unknown): string {
  const isFull = errorCode(cause) === "ENOSPC";
  return isFull ? "Make room, then stop the command and start it again." : "Put that right, and try again.";
}
