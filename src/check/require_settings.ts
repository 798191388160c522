/**
 * Checks that the settings for a check are present.
 *
 * @module
 */

import { optionTable } from "../options/option_table.ts";
import type { CommandSettings } from "../options/settings.ts";

/** The complete settings, except those that may stay unset, or the reason why a check cannot run without them. */
export type RequiredSettings<Name extends keyof CommandSettings> =
  | { complete: Pick<CommandSettings, Name> }
  | { unset: string };

/** Checks that settings are present. A setting without a default may stay unset. */
export function requireSettings<Name extends keyof CommandSettings>(
  settings: Partial<CommandSettings>,
  names: readonly Name[],
): RequiredSettings<Name> {
  const unset = names.find((name) => optionTable[name].fallback !== undefined && settings[name] === undefined);
  return unset === undefined
    ? { complete: settings as Pick<CommandSettings, Name> }
    : { unset: `the ${optionTable[unset].label} is missing or wrong` };
}
