/**
 * Reads a `.env` file. Its variables stay apart from the process environment, which nothing here writes to.
 *
 * @module
 */

import { parseEnv } from "node:util";
import type { ConfigurationIssue } from "../../errors.ts";
import type { Environment } from "../../options/setting_sources.ts";

/** The file that is read when none is named. */
export const defaultEnvFile = ".env";

/** What kept a file from being there: nothing of that name, or a folder (some keep a Python environment in `.env`). */
const absent: ReadonlySet<unknown> = new Set(["ENOENT", "EISDIR"]);

/**
 * Reads a file of `NAME=value` lines.
 *
 * @param path the file that was asked for; without one `.env` is read if it is there
 * @param readTextFile reads a file, as `node:fs` does
 * @returns the variables, and what is wrong with the file
 */
export function readEnvFile(
  path: string | undefined,
  readTextFile: (path: string) => string,
): { variables: Environment; issues: ConfigurationIssue[] } {
  try {
    return { variables: parseEnv(readTextFile(path ?? defaultEnvFile)), issues: [] };
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (path === undefined && absent.has(code)) return { variables: {}, issues: [] };
    const reason = reasons.get(code) ?? (error instanceof Error ? error.message : String(error));
    const message = `cannot read the env file ${JSON.stringify(path ?? defaultEnvFile)}: ${reason};` +
      " give --env-file PATH with a file of NAME=value lines";
    return { variables: {}, issues: [{ option: "envFile", message }] };
  }
}

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EISDIR", "it is a folder"],
  ["EACCES", "permission denied"],
]);
