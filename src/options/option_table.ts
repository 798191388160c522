/**
 * The table of options: the source of all flags, environment variables, defaults and help texts.
 *
 * @module
 */

import { cellOptions } from "./cell_options.ts";
import { connectionOptions } from "./connection_options.ts";
import { limitOptions } from "./limit_options.ts";
import type { FlagEntry, OptionTable } from "./option_entry.ts";
import { serviceOptions } from "./service_options.ts";
import type { AnySettings } from "./settings.ts";

/** Every option that becomes a setting, in the order of help and of error messages. */
export const optionTable: OptionTable = { ...connectionOptions, ...cellOptions, ...limitOptions, ...serviceOptions };

export const commandOnly: ReadonlySet<keyof AnySettings> = new Set([
  "notebookIds",
  "maxConcurrentRequests",
  "healthPort",
  "healthHost",
  "logLevel",
  "logFormat",
]);

export const libraryOnly: ReadonlySet<keyof AnySettings> = new Set(["notebookId"]);

/** The flags that are not settings. */
export const commandFlags = {
  envFile: {
    flag: "env-file",
    placeholder: "PATH",
    help: "A file of NAME=value lines for variables that are not set (default: .env, if there is one).",
  },
  version: { flag: "version", short: "V", help: "Print the version and exit." },
  help: { flag: "help", short: "h", help: "Print this and exit." },
} as const satisfies Record<string, FlagEntry>;
