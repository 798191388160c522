/**
 * Whether the settings that a check depends on are there.
 *
 * @module
 */

import { optionTable } from "../options/option_table.ts";
import type { CommandSettings } from "../options/settings.ts";

/** Settings that are all there but for those that may stay unset, or the reason why a check that needs them cannot run. */
export type RequiredSettings<Name extends keyof CommandSettings> =
  | { complete: Pick<CommandSettings, Name> }
  | { unset: string };

/**
 * Looks whether settings are there. One without a default may stay unset.
 *
 * @param settings those that are right
 * @param names those that are needed
 */
export function requireSettings<Name extends keyof CommandSettings>(
  settings: Partial<CommandSettings>,
  names: readonly Name[],
): RequiredSettings<Name> {
  const unset = names.find((name) => optionTable[name].fallback !== undefined && settings[name] === undefined);
  return unset === undefined
    ? { complete: settings as Pick<CommandSettings, Name> }
    : { unset: `the ${optionTable[unset].label} is missing or wrong` };
}
