/**
 * The sources of settings, and the values in them.
 *
 * @module
 */

import type { Wording } from "./issue_wording.ts";
import { optionTable } from "./option_table.ts";
import type { SettingOrigin } from "./setting_origin.ts";
import type { AnySettings } from "./settings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings of a front end's settings panel. Flags, environment and `.env` file override them. */
export interface PanelSettings {
  /** Values by option name, as text. */
  values: Readonly<Record<string, string>>;
  /** API keys by the origin that each was entered for: `https://api.openai.com`. A key is sent only to its origin. */
  keys: Readonly<Record<string, string>>;
}

/** The sources of settings that the caller does not pass. */
export interface SettingSources {
  /** The process environment: `process.env`. Only the variables of the option table and Azure's are read. */
  environment?: Environment;
  envFile?: Environment;
  panel?: PanelSettings;
  /** Makes the random part of the runtime id. Default: 12 hexadecimal digits. */
  randomId?: () => string;
}

/** A value for an option, from one source. */
export interface FoundValue {
  value: unknown;
  origin: SettingOrigin;
}

/**
 * Finds every value for an option: the caller's and those of the sources, the one that counts first. Ignores empty variables.
 *
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

/** Lists the variables that are set but empty. */
export function emptyVariables(names: readonly string[], { environment, envFile }: SettingSources): string[] {
  return names.filter((name) => [environment?.[name], envFile?.[name]].some((value) => value?.trim() === ""));
}

/**
 * Finds the values of variables, those of the environment first. Ignores empty variables.
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
