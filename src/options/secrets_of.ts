/**
 * The secrets among the settings.
 *
 * @module
 */

import { commandOptionNames } from "./option_names.ts";
import { optionTable } from "./option_table.ts";
import type { CommandSettings } from "./settings.ts";

/** Lists the values of the settings that must never be shown. */
export function secretsOf(settings: Partial<CommandSettings>): string[] {
  return commandOptionNames.filter((name) => optionTable[name].secret && settings[name] !== undefined)
    .map((name) => String(settings[name]));
}
