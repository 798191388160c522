/**
 * The shape of a command: the words it takes, its help, and the function that runs it.
 *
 * @module
 */

import type { Logger } from "../logger.ts";
import type { FlagEntry } from "../options/option_entry.ts";
import type { CollectedSettings, ResolvedSettings } from "../options/resolve_settings.ts";
import type { CommandSettings } from "../options/settings.ts";
import type { CommandHost } from "./host/command_host.ts";

export type SettingName = keyof CommandSettings;

/** A call of a command whose command line is correct. */
export interface Invocation<Name extends SettingName = SettingName>
  extends ResolvedSettings<Pick<CommandSettings, Name>> {
  /** The words that are not flags, as many as the command takes. */
  operands: readonly string[];
  /** The values of the command's own flags, keyed by their names in {@linkcode CommandEntry.flags}; `"true"` for a flag without a value. */
  flags: Readonly<Record<string, string>>;
  /** The value of `--env-file`, as it was written; absent if the flag was not given. */
  envFile?: string;
  /** The problems of the settings; always empty unless the command is `lenient`. */
  issues: CollectedSettings["issues"];
  /** Writes log lines to stderr and hides secrets. */
  logger: Logger;
  host: CommandHost;
}

/** Runs a command and returns its exit code. If it throws an error, the error is reported and mapped to an exit code. */
export type CommandRun<Name extends SettingName = SettingName> = (invocation: Invocation<Name>) => Promise<number>;

export interface CommandEntry<Name extends SettingName = SettingName> {
  /** The command's name, of one word or two: `run`, `kernel install`. Empty for the default command, `aipython` without a subcommand. */
  name: string;
  /** The argument that it takes, with its placeholder in help (`FILE`); absent if it takes none. A flag can replace an optional one. */
  operand?: { placeholder: string; help: string; isOptional?: true };
  /** A few words for the list of commands. */
  summary: string;
  /** A paragraph for its help. */
  description: string;
  settings: readonly Name[];
  /** Its own flags, by name. The flag `offline` makes the settings of the model server unnecessary. */
  flags: Readonly<Record<string, FlagEntry>>;
  /** Whether it runs even with missing or wrong settings, and handles {@linkcode Invocation.issues} itself. */
  lenient?: true;
  /** Whether it does not read `.env` in the working directory, which may be a folder of somebody else's notebooks. */
  noDefaultEnvFile?: true;
  examples: readonly string[];
  /** Loads the function that runs it. It is not called for help or for a wrong flag, so that those are shown at once. */
  load(): Promise<CommandRun<Name>>;
}
