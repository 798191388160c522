/**
 * A connection file on disk, and who else may read or change it.
 *
 * @module
 */

import { decodeText } from "../decode_text.ts";
import { ConfigurationError } from "../errors.ts";
import { type ConnectionInfo, parseConnectionInfo } from "./connection_info.ts";

/** The longest connection file that is read, in bytes. Jupyter's have some 300. */
const MAX_BYTES = 65_536;

/** The bits of a file's mode for others than its owner. */
const modeBits = { mayWrite: 0o022, mayRead: 0o044 } as const;

/** What is used of a file system. */
export interface ConnectionFileSystem {
  /** Returns the size in bytes, and the mode; `null` where there are no modes. */
  stat(path: string): Promise<{ size: number; mode: number | null; isFile: boolean }>;
  /** Returns the bytes. */
  readFile(path: string): Promise<Uint8Array>;
}

/** The files of this machine. */
const machine: ConnectionFileSystem = { stat: (path) => Deno.stat(path), readFile: (path) => Deno.readFile(path) };

/** A connection file that was read. */
export interface ConnectionFile extends ConnectionInfo {
  /** What a person should know about the file, as sentences. */
  readonly warnings: readonly string[];
}

/**
 * Reads a connection file.
 *
 * A file that others may change is refused: they could name a key of their own. One that others may read gives them the key, so that
 * they could run cells; but some file systems know no better, and so that is a warning.
 *
 * @param path its path
 * @param files where it is. Default: the files of this machine
 * @throws {ConfigurationError} when it cannot be read, is wrong, or others may change it
 */
export async function readConnectionFile(path: string, files: ConnectionFileSystem = machine): Promise<ConnectionFile> {
  const file = `the connection file ${JSON.stringify(path)}`;
  const fail = (problem: string): never => {
    throw new ConfigurationError([{ message: `${file} ${problem}` }]);
  };
  const reading = async () => {
    const { size, mode, isFile } = await files.stat(path);
    if (!isFile) return fail("is not a file");
    if (size > MAX_BYTES) return fail(`has ${size} bytes; Jupyter's have some 300, and at most ${MAX_BYTES} are read`);
    return { mode: mode ?? 0, text: decodeText(await files.readFile(path)) };
  };
  const { mode, text } = await reading().catch((error) =>
    error instanceof ConfigurationError ? Promise.reject(error) : fail(`cannot be read: ${reasonOf(error)}`)
  );
  if ((mode & modeBits.mayWrite) !== 0) fail(`may be changed by others; make it yours alone: chmod 600 ${path}`);
  const warnings = (mode & modeBits.mayRead) === 0
    ? []
    : [`${file} may be read by others, who could run cells with its key; make it yours alone: chmod 600 ${path}`];
  return { ...parseConnectionInfo(text, path), warnings };
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such file";
  if (error instanceof Deno.errors.NotCapable) {
    return "Deno was not given the permission to; add the folder to --allow-read";
  }
  if (error instanceof Deno.errors.PermissionDenied) return "the operating system forbids it";
  return error instanceof Error ? error.message : String(error);
}
