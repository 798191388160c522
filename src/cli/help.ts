/**
 * Writes `aipython --help` and `aipython COMMAND --help` from the tables of commands, options and exit codes.
 *
 * @module
 */

import { azureVariables } from "../options/azure_variables.ts";
import type { FlagEntry, OptionEntry } from "../options/option_entry.ts";
import { commandFlags, optionTable } from "../options/option_table.ts";
import { wrapWords } from "../terminal/wrap_words.ts";
import type { CommandEntry } from "./command.ts";
import { commands } from "./commands.ts";
import { exitCodes } from "./exit_code.ts";
import { flagForm, HELP_WIDTH, helpColumns } from "./help_columns.ts";

/** The column at which the explanations begin. */
const RIGHT_COLUMN = 32;

/** Returns the help of a command, at most 80 columns wide. */
export function formatHelp(command: CommandEntry): string {
  const { operand, description, settings, flags, examples } = command;
  return [
    usageLine(command),
    "",
    ...wrapWords(description, HELP_WIDTH),
    "",
    ...commandList(command),
    ...operand === undefined ? [] : ["Arguments:", ...columns([operand.placeholder], [operand.help]), ""],
    "Options:",
    ...Object.values<FlagEntry>(flags).flatMap(flagLines),
    ...settings.flatMap((name) => optionLines(optionTable[name])),
    ...Object.values<FlagEntry>({ ...commandFlags, envFile: envFileFlag(command) }).flatMap(flagLines),
    "",
    ...wrapWords(
      "A flag overrides the environment variable named below it. The environment overrides the env file, and the env " +
        "file overrides the default. An empty variable counts as not set.",
      HELP_WIDTH,
    ),
    ...settings.includes("baseUrl") ? ["", ...wrapWords(azureHelp(), HELP_WIDTH)] : [],
    "",
    "Exit codes:",
    ...exitCodes.map(({ code, meaning }) => `  ${String(code).padEnd(5)}${meaning}`),
    "",
    "Examples:",
    ...examples.map((line) => `  ${line}`),
    "",
  ].join("\n");
}

function azureHelp(): string {
  const [endpoint, key, deployment, version] = [
    azureVariables.baseUrl,
    azureVariables.apiKey,
    azureVariables.model,
    azureVariables.apiVersion,
  ].map((names) => names.join(" or "));
  return `A model at Azure: ${endpoint} is used if the base URL and OPENAI_API_KEY are not set, ${key} takes precedence ` +
    `over OPENAI_API_KEY, and ${deployment} is used if the model is not set. With a dated version (${version}) the address ` +
    "is that of the deployment, otherwise /openai/v1.";
}

function usageLine({ name, operand, settings }: CommandEntry): string {
  const required = name === ""
    ? settings.filter((setting) => setting === "notebookIds" || setting === "authToken")
    : [];
  const words = [
    "Usage: aipython",
    name,
    operand?.placeholder ?? "",
    ...required.map((setting) => flagForm(optionTable[setting])),
    "[options]",
  ];
  return words.filter((word) => word !== "").join(" ");
}

/** Returns the flag `--env-file`. Its help leaves the default out if the command reads no default env file. */
function envFileFlag({ noDefaultEnvFile }: CommandEntry): FlagEntry {
  const { envFile } = commandFlags;
  return noDefaultEnvFile ? { ...envFile, help: envFile.help.replace(/ \(default: .*\)/, "") } : envFile;
}

/** Lists the subcommands, a line each. */
function commandList(command: CommandEntry): string[] {
  const others = commands.filter(({ name }) =>
    name !== "" && (command.name === "" || name.startsWith(`${command.name} `))
  );
  if (others.length === 0) return [];
  return [
    command.name === "" ? "Without a notebook:" : "Commands:",
    ...others.flatMap(({ name, operand, summary }) =>
      columns([[name, operand?.placeholder].filter(Boolean).join(" ")], [summary])
    ),
    "",
    "See aipython COMMAND --help for details.",
    "",
  ];
}

function flagLines({ help, ...entry }: FlagEntry): string[] {
  return columns([flagForm(entry)], [help]);
}

/** Returns the default of an option as a sentence: `Default: 20.`; empty if it has none. */
export function helpDefault({ fallback }: OptionEntry<unknown>): string {
  switch (fallback?.kind) {
    case "required":
      return "Required.";
    case "value":
      return `Default: ${fallback.value}.`;
    case "made":
      return `Default: ${fallback.shown}.`;
    default:
      return "";
  }
}

/** Returns the lines of an option: its help, its default and its environment variables. */
function optionLines(option: OptionEntry<unknown>): string[] {
  const { help, environment } = option;
  const left = option.placeholder === undefined ? [`--${option.flag},`, `--no-${option.flag}`] : [flagForm(option)];
  return columns(left, [`${help} ${helpDefault(option)}`, `[${environment.join(", ")}]`]);
}

function columns(left: readonly string[], right: readonly string[]): string[] {
  return helpColumns(left, right, RIGHT_COLUMN);
}
