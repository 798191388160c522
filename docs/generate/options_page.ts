/**
 * Writes the page of all options, from the option table.
 *
 * @module
 */

import { helpDefault } from "../../src/cli/help.ts";
import { commands } from "../../src/cli/commands.ts";
import { exitCodes } from "../../src/cli/exit_code.ts";
import type { OptionEntry } from "../../src/options/option_entry.ts";
import { commandOnly, libraryOnly, optionTable } from "../../src/options/option_table.ts";
import type { AnySettings } from "../../src/options/settings.ts";
import { markdownTable } from "./markdown_table.ts";

export function optionsPage(): string {
  const rows = Object.entries<OptionEntry<unknown>>(optionTable)
    .filter(([name]) => !libraryOnly.has(name as keyof AnySettings))
    .map(([name, option]) => [
      code(flagOf(option)),
      option.environment.map(code).join(", "),
      commandOnly.has(name as keyof AnySettings) ? "" : code(name),
      [option.help, helpDefault(option)].filter((text) => text !== "").join(" "),
      commands.filter(({ settings }) => settings.some((setting) => setting === name)).map(commandName).join(", "),
    ]);
  return [
    "# Which options are there?",
    "",
    "Each option has a flag, one or more environment variables, and, where a script can set it, a name in " +
    "`new AIPythonAgent({ ... })`. A flag overrides the environment, the environment overrides the `.env` file, and that " +
    "overrides the default. An empty variable counts as not set. `.env` is read by the command only, never by the library.",
    "",
    "Keep secrets in the environment or in the `.env` file: every user of a machine can read flags with `ps`.",
    "",
    ...markdownTable(["flag", "environment", "in a script", "meaning", "commands"], rows),
    "",
    "The flags of single commands, such as `--output` of `aipython run`, are in [the help of each command](commands.md).",
    "",
    "## Exit codes",
    "",
    ...markdownTable(["code", "meaning"], exitCodes.map(({ code, meaning }) => [String(code), meaning])),
    "",
  ].join("\n");
}

function flagOf({ flag, placeholder }: OptionEntry<unknown>): string {
  return placeholder === undefined ? `--${flag}, --no-${flag}` : `--${flag} ${placeholder}`;
}

function commandName({ name }: { name: string }): string {
  return name === "" ? "`aipython`" : `\`${name}\``;
}

function code(text: string): string {
  return `\`${text}\``;
}
