/**
 * The name of a kernel, which is that of its folder.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import type { FlagEntry } from "../../options/option_entry.ts";

const DEFAULT_NAME = "aipython";

/** What jupyter_client takes. */
const NAME = /^[a-z0-9._-]+$/;

/** The folder itself, and the one above. */
const FOLDERS: ReadonlySet<string> = new Set([".", ".."]);

/** The flag. */
export const nameFlag = {
  flag: "name",
  placeholder: "NAME",
  help: `What the kernel is called, as in jupyter console --kernel NAME (default: ${DEFAULT_NAME}).`,
} as const satisfies FlagEntry;

/**
 * Reads a kernel's name, and writes it in small letters, as Jupyter does.
 *
 * @throws {ConfigurationError} Jupyter takes no such name
 */
export function readKernelName(text: string = DEFAULT_NAME): string {
  const name = text.toLowerCase();
  if (NAME.test(name) && !FOLDERS.has(name)) return name;
  throw new ConfigurationError([{
    message: `wrong kernel name ${
      JSON.stringify(text)
    }: expected letters of ASCII, digits, and . _ -, as in --name gpt-4o`,
  }]);
}
