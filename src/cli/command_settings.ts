/**
 * Resolves a command's settings from flags, environment and `.env` file, and reports all problems in one error.
 *
 * @module
 */

import { ConfigurationError, type ConfigurationIssue } from "../errors.ts";
import { bareAddress } from "../options/bare_address.ts";
import { describeMistyped } from "../options/mistyped_variables.ts";
import { optionTable } from "../options/option_table.ts";
import { hidden } from "../options/redactor.ts";
import { type CollectedSettings, collectSettings, type ResolvedSettings } from "../options/resolve_settings.ts";
import { describeOrigin } from "../options/setting_origin.ts";
import type { CommandSettings } from "../options/settings.ts";
import type { CommandEntry } from "./command.ts";
import { readEnvFile } from "./files/env_file.ts";
import type { CommandHost } from "./host/command_host.ts";
import type { ParsedFlags } from "./flags.ts";
import { modelServerSettings, offlineFlag } from "./shell/offline.ts";

export interface CommandInput extends Omit<CollectedSettings, "redact"> {
  /** The command's own flags, by name. */
  flags: Record<string, string>;
  /** The value of `--env-file`. */
  envFile?: string;
  /** Messages about environment variables that are probably mistyped. */
  hints: string[];
}

/**
 * Resolves a command's settings.
 *
 * @returns the settings; if the command is lenient, also their problems
 * @throws {ConfigurationError} lists everything that is missing or wrong; the problems of the command line come first
 */
export function readCommandSettings(
  parsed: ParsedFlags,
  command: Pick<CommandEntry, "settings" | "flags" | "lenient" | "noDefaultEnvFile">,
  host: Pick<CommandHost, "environment" | "environmentNames" | "readFile" | "randomId">,
): CommandInput {
  const { environment, readFile, randomId } = host;
  const { envFile: path, ...values } = parsed.values;
  const flags = Object.fromEntries(Object.entries(values).filter(([name]) => name in command.flags));
  const given = Object.fromEntries(Object.entries(values).filter(([name]) => !(name in command.flags)));
  const isNone = path === undefined && command.noDefaultEnvFile;
  const envFile = isNone ? { variables: {}, issues: [] } : readEnvFile(path, readFile);
  const sources = { environment, envFile: envFile.variables, randomId };
  const hints = describeMistyped([...host.environmentNames(), ...Object.keys(envFile.variables)]);
  const isOffline = flags.offline !== undefined;
  const names = command.settings.filter((name) => !isOffline || !modelServerSettings.includes(name));
  const { settings, origins, issues, redact } = collectSettings(given, sources, "command", names);
  const faulty = new Set(parsed.issues.map((issue) => issue.option).filter((option) => option !== undefined));
  const wrongWords = [
    ...parsed.issues.map((issue) => ({ ...issue, message: redact(issue.message) })),
    ...isOffline ? contradictions(given) : [],
    ...envFile.issues.map((issue) => ({ ...issue, message: redact(issue.message) })),
  ];
  const wrongSettings = issues
    .filter(({ option }) => option === undefined || !faulty.has(option))
    .map((issue) => "offline" in command.flags ? withOfflineHint(issue, settings) : issue);
  if (wrongWords.length > 0 || (wrongSettings.length > 0 && !command.lenient)) {
    throw new ConfigurationError([...wrongWords, ...wrongSettings, ...hints.map((message) => ({ message }))]);
  }
  return { settings, origins, issues: wrongSettings, flags, envFile: path, hints };
}

/** Adds to the message about a missing API key that `--offline` needs no key. */
function withOfflineHint(issue: ConfigurationIssue, settings: Partial<CommandSettings>): ConfigurationIssue {
  if (issue.option !== "apiKey" || settings.apiKey !== undefined) return issue;
  return { ...issue, message: `${issue.message}, or give --${offlineFlag.flag}, which needs none` };
}

/** Reports flags of the model server that were given together with `--offline`, which starts its own. */
function contradictions(given: Record<string, string>): ConfigurationIssue[] {
  return modelServerSettings.filter((name) => given[name] !== undefined).map((name) => ({
    option: name,
    message: `--${optionTable[name].flag} cannot be combined with --${offlineFlag.flag}: leave one of them out`,
  }));
}

/** Describes a setting and its origin on a line: `model=gpt-4o from AIPYTHON_MODEL in the env file`; the value of a secret is hidden. */
export function describeSetting(
  name: keyof CommandSettings,
  { settings, origins }: ResolvedSettings<Partial<CommandSettings>>,
): string {
  const given = settings[name];
  if (given === undefined) return `${name} is not set`;
  const value = optionTable[name].secret ? hidden : typeof given === "string" ? bareAddress(given) : given;
  const origin = describeOrigin(origins[name]);
  return `${name}=${value} from ${origin === "default" ? "the default" : origin}`;
}
