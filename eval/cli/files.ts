/**
 * Reads and writes the files that the command line names.
 *
 * @module
 */

import type { CommandHost } from "../../src/cli/host/command_host.ts";
import { ConfigurationError } from "../../src/errors.ts";

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EISDIR", "it is a folder"],
  ["ENOTDIR", "a part of its path is no folder"],
  ["EEXIST", "a part of its path is no folder"],
  ["EACCES", "permission denied"],
  ["ENOSPC", "the disk is full"],
]);

/**
 * Reads a file.
 *
 * @throws {ConfigurationError} it cannot be read
 */
export function readFile(path: string, { readTextFile }: Pick<CommandHost, "readTextFile">): string {
  return tryTo("read", path, () => readTextFile(path));
}

/**
 * Writes a file anew, and makes the folders that it stands in.
 *
 * @throws {ConfigurationError} it cannot be written
 */
export function writeFile(path: string, content: string, { writeFile }: Pick<CommandHost, "writeFile">): void {
  tryTo("write", path, () => writeFile(path, content));
}

function tryTo<Value>(what: "read" | "write", path: string, act: () => Value): Value {
  try {
    return act();
  } catch (error) {
    const reason = reasons.get((error as { code?: unknown }).code) ?? String(error);
    throw new ConfigurationError([{ message: `cannot ${what} ${path}: ${reason}` }]);
  }
}
