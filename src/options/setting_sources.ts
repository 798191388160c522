/**
 * Where settings that were not given may come from, and the values that these sources hold.
 *
 * @module
 */

import type { Wording } from "./issue_wording.ts";
import { optionTable } from "./option_table.ts";
import type { SettingOrigin } from "./setting_origin.ts";
import type { AnySettings } from "./settings.ts";

/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a person has set in a panel of a front end, which stands below flags, environment and `.env` file. */
export interface PanelSettings {
  /** Values by the option's name, as text. */
  values: Readonly<Record<string, string>>;
  /** API keys by the origin that each was entered for: `https://api.openai.com`. A key goes to no other. */
  keys: Readonly<Record<string, string>>;
}

/** Where settings that were not given may come from. */
export interface SettingSources {
  /** The process environment: `process.env`. Only the table's names and Azure's are read. */
  environment?: Environment;
  /** The variables of a `.env` file. */
  envFile?: Environment;
  /** What was set in a panel. */
  panel?: PanelSettings;
  /** Makes the random part of the runtime id. Default: 12 hexadecimal digits. */
  randomId?: () => string;
}

/** A value that a source holds for an option. */
export interface FoundValue {
  /** The value, not yet read. */
  value: unknown;
  /** Where it was found. */
  origin: SettingOrigin;
}

/**
 * Finds every value that was given or that the sources hold for an option, the one that counts first. An empty variable holds none.
 *
 * @param name the option
 * @param given values by the option's name
 * @param sources where the others may come from
 * @param wording whether `given` holds flags or a program's options
 */
export function findValues(
  name: keyof AnySettings,
  given: Readonly<Record<string, unknown>>,
  sources: SettingSources,
  wording: Wording,
): FoundValue[] {
  const found: FoundValue[] = [];
  if (given[name] !== undefined) {
    const origin: SettingOrigin = wording === "command"
      ? { source: "flag", name: `--${optionTable[name].flag}` }
      : { source: "option", name };
    found.push({ value: given[name], origin });
  }
  const set = sources.panel?.values[name];
  const inPanel: FoundValue[] = set === undefined ? [] : [{ value: set, origin: { source: "panel" } }];
  return [...found, ...findVariables(optionTable[name].environment, sources), ...inPanel];
}

/** Lists the variables that are set, but empty. */
export function emptyVariables(names: readonly string[], { environment, envFile }: SettingSources): string[] {
  return names.filter((name) => [environment?.[name], envFile?.[name]].some((value) => value?.trim() === ""));
}

/**
 * Finds every value that variables hold, those of the environment first. An empty variable holds none.
 *
 * @param names the variables, the one that counts first
 */
export function findVariables(names: readonly string[], { environment, envFile }: SettingSources): FoundValue[] {
  const found: FoundValue[] = [];
  for (const [source, variables] of [["environment", environment], ["env file", envFile]] as const) {
    for (const name of names) {
      const value = variables?.[name];
      if (value !== undefined && value.trim() !== "") found.push({ value, origin: { source, name } });
    }
  }
  return found;
}
