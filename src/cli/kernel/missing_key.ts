/**
 * The error that a cell of a kernel shows if the API key is missing.
 *
 * @module
 */

import { resolve } from "node:path";
import { ConfigurationError } from "../../errors.ts";
import { optionTable } from "../../options/option_table.ts";
import type { Invocation } from "../command.ts";

/**
 * Creates the error for a cell that cannot run without a valid key. Cells show it, because for a kernel that ends at its start, front ends
 * would only show that it has died.
 *
 * @param invocation the call of the kernel command, whose issues are about the key
 */
export function missingKey({ issues, envFile }: Pick<Invocation, "issues" | "envFile">): ConfigurationError {
  const line = `a line ${optionTable.apiKey.environment[0]}=...`;
  const advice = envFile === undefined
    ? `To fix it for this kernel, put ${line} into a file that only you can read. Then run aipython kernel install again with ` +
      "the same settings and --env-file PATH, and choose the kernel again."
    : `To fix it for this kernel, put ${line} into ${resolve(envFile)}, and restart the kernel.`;
  const [first, ...rest] = issues;
  return new ConfigurationError([{ ...first, message: `${first.message}. ${advice}` }, ...rest]);
}
