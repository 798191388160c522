/**
 * Where a program keeps what it remembers from one run to the next.
 *
 * @module
 */

import { posix, win32 } from "node:path";

/** What the place depends on. */
export interface StateFolderContext {
  /** The operating system, as Deno names it. */
  os: typeof Deno.build.os;
  /** The process environment. */
  environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The folder for `aipython`'s state: `$XDG_STATE_HOME/aipython` (XDG Base Directory Specification), and the places that macOS and
 * Windows have for it.
 *
 * @returns its path; absent where the environment does not tell
 */
export function stateFolder({ os, environment }: StateFolderContext): string | undefined {
  const { HOME, XDG_STATE_HOME, LOCALAPPDATA } = environment;
  if (os === "windows") return LOCALAPPDATA ? win32.join(LOCALAPPDATA, "aipython") : undefined;
  // The specification: a relative path is to be ignored.
  if (XDG_STATE_HOME && posix.isAbsolute(XDG_STATE_HOME)) return posix.join(XDG_STATE_HOME, "aipython");
  if (!HOME) return undefined;
  return os === "darwin"
    ? posix.join(HOME, "Library", "Application Support", "aipython")
    : posix.join(HOME, ".local", "state", "aipython");
}
