/**
 * Reads a `.env` file. Its variables are not added to the process environment.
 *
 * @module
 */

import type { ConfigurationIssue } from "../../errors.ts";
import type { Environment } from "../../options/setting_sources.ts";
import { decodeText } from "../../decode_text.ts";
import { errorCode } from "./error_code.ts";
import { fileProblem } from "./file_problem.ts";
import { parseEnvText } from "./parse_env_text.ts";

const defaultEnvFile = ".env";

/** The error codes that mean that there is no default file: nothing, or a folder, has its name (some Python environments are in `.env`). */
const absent: ReadonlySet<unknown> = new Set(["ENOENT", "EISDIR"]);

/**
 * Reads a file of `NAME=value` lines.
 *
 * @param path the file that was named. Default: `.env`, if it exists
 * @param readFile reads a file; throws as `node:fs` does
 */
export function readEnvFile(
  path: string | undefined,
  readFile: (path: string) => Uint8Array,
): { variables: Environment; issues: ConfigurationIssue[] } {
  try {
    return { variables: parseEnvText(decodeText(readFile(path ?? defaultEnvFile))), issues: [] };
  } catch (error) {
    if (path === undefined && absent.has(errorCode(error))) return { variables: {}, issues: [] };
    const message = `cannot read the env file ${JSON.stringify(path ?? defaultEnvFile)}: ${
      fileProblem(error, "read")
    }; give --env-file PATH with a file of NAME=value lines`;
    return { variables: {}, issues: [{ option: "envFile", message }] };
  }
}
