/**
 * Whether the settings that a check depends on are there.
 *
 * @module
 */

import type { CheckContext } from "./check_context.ts";
import { optionTable } from "../options/option_table.ts";
import type { CommandSettings } from "../options/settings.ts";

/** Settings that are all there, or the reason why a check that needs them cannot run. */
export type RequiredSettings<Name extends keyof CommandSettings> =
  | { complete: Pick<CommandSettings, Name> }
  | { unset: string };

/**
 * Looks whether settings are there. Some need not be.
 *
 * @param context the settings that are right, and the names of those that are not
 * @param names those that are needed
 */
export function requireSettings<Name extends keyof CommandSettings>(
  { settings, faulty }: Pick<CheckContext, "settings" | "faulty">,
  names: readonly Name[],
): RequiredSettings<Name> {
  const unset = names.find((name) => faulty.has(name));
  return unset === undefined
    ? { complete: settings as Pick<CommandSettings, Name> }
    : { unset: `the ${optionTable[unset].label} is missing or wrong` };
}
