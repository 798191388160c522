/**
 * Finds the format of log lines before the command line is validated, so that its problems are reported in that format.
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
 * Finds the format of log lines from the flag, the variable or the `.env` file, even for a command that takes no such flag.
 *
 * @param args the words after the command's name
 * @param command whether the command ignores `.env` in the working directory
 * @returns `text` if nothing else is set, or if the settings cannot be read
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
    // A process without the permission to read them reports that when it reads the settings.
    return "text";
  }
}

/** Returns the last value of a flag, given as `--flag value` or `--flag=value`. */
function lastValueOf(args: readonly string[], flag: string): string | undefined {
  return args.reduce<string | undefined>((last, word, index) => {
    if (word.startsWith(`--${flag}=`)) return word.slice(flag.length + 3);
    return args[index - 1] === `--${flag}` ? word : last;
  }, undefined);
}
