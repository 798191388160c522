/**
 * What a command of the program is: which words it takes, what help says of it, and what runs.
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

/** A command that has been called rightly. */
export interface Invocation<Name extends SettingName = SettingName>
  extends ResolvedSettings<Pick<CommandSettings, Name>> {
  /** The words that are no flags, as many as the command takes. */
  operands: readonly string[];
  /** The command's own flags that were given, by their names in {@linkcode CommandEntry.flags}; `"true"` for one without a value. */
  flags: Readonly<Record<string, string>>;
  /** What is wrong with the settings; empty unless the command is `lenient`. */
  issues: CollectedSettings["issues"];
  /** Where log lines go, to stderr and without secrets. */
  logger: Logger;
  /** The process. */
  host: CommandHost;
}

/** Runs a command and returns its exit code; what it throws is reported and mapped to one. */
export type CommandRun<Name extends SettingName = SettingName> = (invocation: Invocation<Name>) => Promise<number>;

/** A command, as data. */
export interface CommandEntry<Name extends SettingName = SettingName> {
  /** The word that calls it; empty for the command without one. */
  name: string;
  /** What help shows of its words: `FILE`; absent where it takes none. */
  operand?: { placeholder: string; help: string };
  /** What it does, in a few words, for the list of commands. */
  summary: string;
  /** What it does, in a paragraph. */
  description: string;
  /** The settings that it takes. */
  settings: readonly Name[];
  /** Its own flags, by a name each. `offline` does away with the settings of the model server. */
  flags: Readonly<Record<string, FlagEntry>>;
  /** Whether it runs although settings are missing or wrong: it looks at {@linkcode Invocation.issues} itself. */
  lenient?: true;
  /** Command lines for help. */
  examples: readonly string[];
  /** Loads what runs: only now, because neither help nor a wrong flag should wait for it. */
  load(): Promise<CommandRun<Name>>;
}
