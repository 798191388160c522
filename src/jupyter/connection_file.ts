/**
 * Reads a connection file, and checks who else can read or change it.
 *
 * @module
 */

import { decodeText } from "../decode_text.ts";
import { ConfigurationError } from "../errors.ts";
import { type ConnectionInfo, parseConnectionInfo } from "./connection_info.ts";

/** The longest connection file that is read, in bytes. Jupyter's have about 300. */
const MAX_BYTES = 65_536;

/** The bits of a file's mode for users other than its owner. */
const modeBits = { mayWrite: 0o022, mayRead: 0o044 } as const;

export interface ConnectionFileSystem {
  /** Returns the size in bytes, and the mode; `null` on systems without modes. */
  stat(path: string): Promise<{ size: number; mode: number | null; isFile: boolean }>;
  readFile(path: string): Promise<Uint8Array>;
}

const machine: ConnectionFileSystem = { stat: (path) => Deno.stat(path), readFile: (path) => Deno.readFile(path) };

export interface ConnectionFile extends ConnectionInfo {
  /** Warnings about the file for the user, as sentences. */
  readonly warnings: readonly string[];
}

/**
 * Reads a connection file.
 *
 * Refuses a file that other users can change, because they could set the key. Warns about a file that other users can read, because they
 * could use the key to run cells. That is only a warning because some file systems do not support modes.
 *
 * @throws {ConfigurationError} if the file cannot be read, is not valid, or can be changed by others
 */
export async function readConnectionFile(path: string, files: ConnectionFileSystem = machine): Promise<ConnectionFile> {
  const file = `the connection file ${JSON.stringify(path)}`;
  const fail = (problem: string): never => {
    throw new ConfigurationError([{ message: `${file} ${problem}` }]);
  };
  const reading = async () => {
    const { size, mode, isFile } = await files.stat(path);
    if (!isFile) return fail("is not a file");
    if (size > MAX_BYTES) return fail(`has ${size} bytes; Jupyter's have about 300, and the limit is ${MAX_BYTES}`);
    return { mode: mode ?? 0, text: decodeText(await files.readFile(path)) };
  };
  const { mode, text } = await reading().catch((error) =>
    error instanceof ConfigurationError ? Promise.reject(error) : fail(`cannot be read: ${reasonOf(error)}`)
  );
  if ((mode & modeBits.mayWrite) !== 0) {
    fail(`can be changed by other users; restrict it to yourself: chmod 600 ${path}`);
  }
  const warnings = (mode & modeBits.mayRead) === 0 ? [] : [
    `${file} can be read by other users, who could run cells with its key; restrict it to yourself: chmod 600 ${path}`,
  ];
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
