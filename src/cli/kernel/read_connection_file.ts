/**
 * Reads the connection file that a kernel is started with.
 *
 * @module
 */

import { statSync } from "node:fs";
import { ConnectionFileError, type ConnectionInfo, parseConnectionFile } from "../../jupyter/wire/connection_file.ts";
import type { CommandHost } from "../host/command_host.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";

/** The rights of a file that let others read or write it. */
const OTHERS = 0o077;

/** The variable by which Jupyter itself is told that a disk knows no rights. */
const ALLOW_INSECURE = "JUPYTER_ALLOW_INSECURE_WRITES";

/**
 * Reads a connection file. Whoever knows its key can run cells, so nobody but its owner may read it.
 *
 * @throws {ConfigurationError} it cannot be read, is not a connection file, or can be read by others
 */
export function readConnectionFile(
  path: string,
  host: Pick<CommandHost, "readFile" | "environment">,
): ConnectionInfo {
  const file = `the connection file ${JSON.stringify(path)}`;
  let text: string;
  try {
    text = new TextDecoder().decode(host.readFile(path));
  } catch (error) {
    throw unusableFile(`cannot read ${file}: ${fileProblem(error, "read")}`);
  }
  const mode = statSync(path).mode & 0o777;
  const isExposed = Deno.build.os !== "windows" && (mode & OTHERS) !== 0;
  if (isExposed && !/^(?:1|true)$/i.test(host.environment[ALLOW_INSECURE] ?? "")) {
    throw unusableFile(
      `other users of this machine can read or change ${file} (its mode is ${
        mode.toString(8)
      }) and could run cells: give it ` +
        `to yourself alone with chmod 600, or set ${ALLOW_INSECURE}=1 where the disk knows no rights`,
    );
  }
  try {
    return parseConnectionFile(text);
  } catch (error) {
    if (!(error instanceof ConnectionFileError)) throw error;
    throw unusableFile(`${file} cannot be used: ${error.message}`);
  }
}
