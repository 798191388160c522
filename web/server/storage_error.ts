/**
 * The error for what cannot be kept in the data folder.
 *
 * @module
 */

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
    super(`${path} cannot be written: ${reason}. Nothing was changed. Put that right, and try again.`, { cause });
    this.path = path;
  }
}
