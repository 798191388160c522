/**
 * Says in a notebook that there is no API key, and what to do.
 *
 * @module
 */

import { resolve } from "node:path";
import { ConfigurationError } from "../../errors.ts";
import { optionTable } from "../../options/option_table.ts";
import type { Invocation } from "../command.ts";

/**
 * Makes the error of a cell that cannot be run for want of a valid key: front ends show no more of a kernel that ends at its start than
 * that it has died.
 *
 * @param invocation the kernel's; its issues are those of the key
 */
export function missingKey({ issues, envFile }: Pick<Invocation, "issues" | "envFile">): ConfigurationError {
  const line = `a line ${optionTable.apiKey.environment[0]}=...`;
  const advice = envFile === undefined
    ? `To mend it for this kernel, put ${line} into a file that you alone may read, give the path of that with --env-file to ` +
      "aipython kernel install, with the other settings as before, and choose the kernel again."
    : `To mend it for this kernel, put ${line} into ${resolve(envFile)}, and restart the kernel.`;
  const [first, ...rest] = issues;
  return new ConfigurationError([{ ...first, message: `${first.message}. ${advice}` }, ...rest]);
}
