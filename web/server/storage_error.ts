/**
 * The error for data that cannot be stored in the data folder.
 *
 * @module
 */

import { errorCode } from "../../src/cli/files/error_code.ts";
import { fileProblem } from "../../src/cli/files/file_problem.ts";

/** Something could not be written. Existing data is unchanged. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly path: string;

  /** @param cause the error of `node:fs` or Deno */
  constructor(path: string, cause: unknown) {
    const reason = fileProblem(cause, "write");
    super(`${path} cannot be written: ${reason}. Nothing was changed. ${adviceFor(cause)}`, { cause });
    this.path = path;
  }
}

/** Returns a remedy. The sync server does not resume writing by itself after the disk was full. */
function adviceFor(cause: unknown): string {
  const isFull = errorCode(cause) === "ENOSPC";
  return isFull ? "Make room, then stop the command and start it again." : "Fix this, and try again.";
}
