/**
 * The name of a kernel, which is the name of its folder.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import type { FlagEntry } from "../../options/option_entry.ts";

const DEFAULT_NAME = "aipython";

/** The names that jupyter_client accepts. */
const NAME = /^[a-z0-9._-]+$/;

/** The names of the current and the parent folder, which cannot name a kernel. */
const FOLDERS: ReadonlySet<string> = new Set([".", ".."]);

export const nameFlag = {
  flag: "name",
  placeholder: "NAME",
  help: `The kernel's name, as in jupyter console --kernel NAME (default: ${DEFAULT_NAME}).`,
} as const satisfies FlagEntry;

/**
 * Validates a kernel's name, and returns it in lowercase, as Jupyter does.
 *
 * @throws {ConfigurationError} Jupyter does not accept the name
 */
export function readKernelName(text: string = DEFAULT_NAME): string {
  const name = text.toLowerCase();
  if (NAME.test(name) && !FOLDERS.has(name)) return name;
  throw new ConfigurationError([{
    message: `wrong kernel name ${
      JSON.stringify(text)
    }: expected ASCII letters, digits, and . _ -, as in --name gpt-4o`,
  }]);
}
