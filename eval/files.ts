/**
 * Reads and writes the files that the command line names.
 *
 * @module
 */

import { errorCode } from "../src/cli/files/error_code.ts";
import { type FileAccess, fileProblem } from "../src/cli/files/file_problem.ts";
import type { CommandHost } from "../src/cli/host/command_host.ts";
import { decodeText } from "../src/decode_text.ts";
import { ConfigurationError } from "../src/errors.ts";

/** @throws {ConfigurationError} the file cannot be read */
export function readFile(path: string, host: Pick<CommandHost, "readFile">): string {
  try {
    return decodeText(host.readFile(path));
  } catch (error) {
    throw unusable("read", path, error);
  }
}

/**
 * Reads a file that may be missing.
 *
 * @returns `undefined` if there is no such file
 * @throws {ConfigurationError} the file cannot be read
 */
export function readExistingFile(
  path: string,
  host: Pick<CommandHost, "readFile">,
): string | undefined {
  try {
    return decodeText(host.readFile(path));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw unusable("read", path, error);
  }
}

/**
 * Writes a file, and creates its folders.
 *
 * @throws {ConfigurationError} the file cannot be written
 */
export function writeFile(path: string, content: string, { writeFile }: Pick<CommandHost, "writeFile">): void {
  try {
    writeFile(path, content);
  } catch (error) {
    throw unusable("write", path, error);
  }
}

function unusable(access: FileAccess, path: string, error: unknown): ConfigurationError {
  return new ConfigurationError([{ message: `cannot ${access} ${path}: ${fileProblem(error, access)}` }]);
}
