/**
 * Serves one kernel from a connection file.
 *
 * @module
 */

import type { Invocation } from "../command.ts";
import { fileProblem } from "../files/file_problem.ts";
import { unusableFile } from "../files/unusable_file.ts";
import type { ShellSettingName } from "../shell/shell_settings.ts";

/** Starts a kernel. */
export function serve({ operands: [path], host }: Invocation<ShellSettingName>): Promise<number> {
  try {
    JSON.parse(new TextDecoder().decode(host.readFile(path)));
  } catch (error) {
    throw unusableFile(`cannot read the connection file ${JSON.stringify(path)}: ${fileProblem(error, "read")}`);
  }
  throw new Error("this version serves no kernel yet");
}
