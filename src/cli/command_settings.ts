/**
 * The command's settings: flags, environment and `.env` file brought together, with everything that is wrong in one error.
 *
 * @module
 */

import { ConfigurationError } from "../errors.ts";
import {
  collectSettings,
  type Environment,
  optionNames,
  type ResolvedSettings,
  type SettingOrigin,
} from "../options/resolve_settings.ts";
import { optionTable } from "../options/option_table.ts";
import { hidden } from "../options/redactor.ts";
import type { CommandSettings } from "../options/settings.ts";
import { readEnvFile } from "./env_file.ts";
import type { ParsedFlags } from "./flags.ts";

/** What the command's settings depend on besides its flags. */
export interface CommandSurroundings {
  /** The process environment. */
  environment: Environment;
  /** Reads a file; a relative path starts at the working directory. Throws as `node:fs` does. */
  readTextFile(path: string): string;
  /** Makes the random part of the runtime id. */
  randomId?: () => string;
}

/**
 * Resolves the command's settings.
 *
 * @param flags the command line
 * @param surroundings environment and files
 * @throws {ConfigurationError} naming everything that is missing or wrong, the command line's faults first
 */
export function readCommandSettings(
  flags: ParsedFlags,
  { environment, readTextFile, randomId }: CommandSurroundings,
): ResolvedSettings<CommandSettings> {
  const { envFile: path, ...given } = flags.values;
  const envFile = readEnvFile(path, readTextFile);
  const sources = { environment, envFile: envFile.variables, randomId };
  const { settings, origins, issues, redact } = collectSettings(given, sources, "command");
  const faulty = new Set(flags.issues.map((issue) => issue.option).filter((option) => option !== undefined));
  const all = [
    ...flags.issues.map((issue) => ({ ...issue, message: redact(issue.message) })),
    ...envFile.issues.map((issue) => ({ ...issue, message: redact(issue.message) })),
    ...issues.filter(({ option }) => option === undefined || !faulty.has(option)),
  ];
  if (all.length > 0) throw new ConfigurationError(all);
  return { settings: settings as CommandSettings, origins };
}

/** The values of the settings that must not be seen. */
export function secretsOf(settings: CommandSettings): string[] {
  return optionNames.filter((name) => optionTable[name].secret).map((name) => String(settings[name]));
}

/** A setting and its origin on a line: `model=gpt-4o from AIPYTHON_MODEL in the env file`; a secret's value is hidden. */
export function describeSetting(
  name: keyof CommandSettings,
  { settings, origins }: ResolvedSettings<CommandSettings>,
): string {
  const value = optionTable[name].secret ? hidden : settings[name];
  return value === undefined ? `${name} is not set` : `${name}=${value} from ${describeOrigin(origins[name])}`;
}

function describeOrigin({ source, name }: SettingOrigin = { source: "default" }): string {
  if (name === undefined) return "the default";
  return source === "env file" ? `${name} in the env file` : name;
}
