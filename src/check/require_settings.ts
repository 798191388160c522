/**
 * Whether the settings that a check depends on are there.
 *
 * @module
 */

import { optionTable } from "../options/option_table.ts";
import type { CommandSettings } from "../options/settings.ts";

/** Settings that are all there, or the reason why a check that needs them cannot run. */
export type RequiredSettings<Name extends keyof CommandSettings> =
  | { complete: Pick<CommandSettings, Name> }
  | { unset: string };

/**
 * Looks whether settings are there, other than those that need not be.
 *
 * @param settings those that are right
 * @param names those that are needed
 */
export function requireSettings<Name extends keyof CommandSettings>(
  settings: Partial<CommandSettings>,
  names: readonly Name[],
): RequiredSettings<Name> {
  const unset = names.find((name) => settings[name] === undefined && optionTable[name].fallback !== undefined);
  return unset === undefined
    ? { complete: settings as Pick<CommandSettings, Name> }
    : { unset: `the ${optionTable[unset].label} is missing or wrong` };
}
