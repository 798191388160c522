/**
 * Finds the form of log lines before the command line is known to be right, so that what is wrong with it is reported in that form.
 *
 * @module
 */

import { commandFlags, optionTable } from "../options/option_table.ts";
import { collectSettings } from "../options/resolve_settings.ts";
import type { LogFormat } from "../options/settings.ts";
import type { CommandEntry } from "./command.ts";
import { readEnvFile } from "./files/env_file.ts";
import type { CommandHost } from "./host/command_host.ts";

/**
 * Finds the form of log lines: of the flag, the variable or the `.env` file, also for a command that takes no such flag.
 *
 * @param args the words after the command's name
 * @param command whether it leaves the `.env` of the working directory alone
 * @param host environment and files
 * @returns `text` where nothing else is set, or cannot be read
 */
export function findLogFormat(
  args: readonly string[],
  { noDefaultEnvFile }: Pick<CommandEntry, "noDefaultEnvFile">,
  { environment, readFile }: Pick<CommandHost, "environment" | "readFile">,
): LogFormat {
  const path = lastValueOf(args, commandFlags.envFile.flag);
  const logFormat = lastValueOf(args, optionTable.logFormat.flag);
  try {
    const isNone = path === undefined && noDefaultEnvFile;
    const envFile = isNone ? {} : readEnvFile(path, readFile).variables;
    const { settings } = collectSettings({ logFormat }, { environment, envFile }, "command", ["logFormat"]);
    return settings.logFormat ?? "text";
  } catch {
    // A process that may read neither says why in another place.
    return "text";
  }
}

/** The last value of a flag, as `--flag value` or `--flag=value`. */
function lastValueOf(args: readonly string[], flag: string): string | undefined {
  return args.reduce<string | undefined>((last, word, index) => {
    if (word.startsWith(`--${flag}=`)) return word.slice(flag.length + 3);
    return args[index - 1] === `--${flag}` ? word : last;
  }, undefined);
}
