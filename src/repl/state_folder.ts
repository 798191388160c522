/**
 * Finds the folder for data that the program keeps between runs.
 *
 * @module
 */

import { posix, win32 } from "node:path";

export interface StateFolderContext {
  os: typeof Deno.build.os;
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Returns the folder for `aipython`'s state: `$XDG_STATE_HOME/aipython` (XDG Base Directory Specification), or the usual folder of macOS
 * or Windows.
 *
 * @returns its path; `undefined` if the environment does not contain the necessary variables
 */
export function stateFolder({ os, environment }: StateFolderContext): string | undefined {
  const { HOME, XDG_STATE_HOME, LOCALAPPDATA } = environment;
  if (os === "windows") return LOCALAPPDATA ? win32.join(LOCALAPPDATA, "aipython") : undefined;
  // By the specification, a relative path must be ignored.
  if (XDG_STATE_HOME && posix.isAbsolute(XDG_STATE_HOME)) return posix.join(XDG_STATE_HOME, "aipython");
  if (!HOME) return undefined;
  return os === "darwin"
    ? posix.join(HOME, "Library", "Application Support", "aipython")
    : posix.join(HOME, ".local", "state", "aipython");
}
