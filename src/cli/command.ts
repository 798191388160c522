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

/** The name of a setting. */
export type SettingName = keyof CommandSettings;

/** A correct call of a command. */
export interface Invocation<Name extends SettingName = SettingName>
  extends ResolvedSettings<Pick<CommandSettings, Name>> {
  /** The words that are not flags, as many as the command takes. */
  operands: readonly string[];
  /** The command's own flags that were given, by their names in {@linkcode CommandEntry.flags}; `"true"` for a flag without a value. */
  flags: Readonly<Record<string, string>>;
  /** The env file that was named, as it was written; absent where none was. */
  envFile?: string;
  /** What is wrong with the settings; empty unless the command is `lenient`. */
  issues: CollectedSettings["issues"];
  /** Where log lines go, to stderr and without secrets. */
  logger: Logger;
  /** The process. */
  host: CommandHost;
}

/** Runs a command and returns its exit code. An error that it throws is reported and mapped to one. */
export type CommandRun<Name extends SettingName = SettingName> = (invocation: Invocation<Name>) => Promise<number>;

/** A command, as data. */
export interface CommandEntry<Name extends SettingName = SettingName> {
  /** The word that calls it, or the words with a blank between: `run`, `kernel install`; empty for the command that is called without a word. */
  name: string;
  /** The word that it takes, as help shows it: `FILE`; absent if it takes none. One that is optional may be given by a flag instead. */
  operand?: { placeholder: string; help: string; isOptional?: true };
  /** What it does, in a few words, for the list of commands. */
  summary: string;
  /** What it does, in a paragraph. */
  description: string;
  /** The settings that it takes. */
  settings: readonly Name[];
  /** Its own flags, by name. The flag `offline` makes the settings of the model server unnecessary. */
  flags: Readonly<Record<string, FlagEntry>>;
  /** Whether it also runs with missing or wrong settings, and handles {@linkcode Invocation.issues} itself. */
  lenient?: true;
  /** Whether it leaves the `.env` of the working directory alone, because that may be a folder of somebody else's notebooks. */
  noDefaultEnvFile?: true;
  /** Command lines for help. */
  examples: readonly string[];
  /** Loads the function that runs it. Help and the report of a wrong flag do not wait for that. */
  load(): Promise<CommandRun<Name>>;
}
