/**
 * The names of the settings, in the order of the option table.
 *
 * @module
 */

import type { Wording } from "./issue_wording.ts";
import { commandOnly, libraryOnly, optionTable } from "./option_table.ts";
import type { AnySettings, CommandSettings } from "./settings.ts";

export const optionNames = Object.keys(optionTable) as (keyof AnySettings)[];

export const commandOptionNames = namesFor("command") as (keyof CommandSettings)[];

/** Returns the names of the settings of the command or of the library. */
export function namesFor(wording: Wording): (keyof AnySettings)[] {
  const others = wording === "command" ? libraryOnly : commandOnly;
  return optionNames.filter((name) => !others.has(name));
}
