/**
 * The flags of `deno task notebook`: its own ones and those for settings that `aipython` has, too.
 *
 * @module
 */

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readEnvFile } from "../../src/cli/files/env_file.ts";
import { type ParsedFlags, parseFlags } from "../../src/cli/flags.ts";
import type { CommandHost } from "../../src/cli/host/command_host.ts";
import { describeMistyped } from "../../src/options/mistyped_variables.ts";
import { commandOptionNames } from "../../src/options/option_names.ts";
import type { FlagEntry } from "../../src/options/option_entry.ts";
import { createRedactor } from "../../src/options/redactor.ts";
import { modelSettingNames, type OuterSources } from "./settings/model_settings.ts";

export interface NotebookFlags {
  help: boolean;
  /** Whether the offline model answers even if a real one is set. */
  offline: boolean;
  /** Whether the offline model may fetch packages. */
  packages: boolean;
  open: boolean;
  /** Whether the page requires its token. */
  token: boolean;
  port?: number;
  dataDir: string;
  /** The sources of settings that override those of the panel. */
  sources: OuterSources;
  /** Notes about environment variables that are probably misspelled. */
  hints: string[];
}

const ownFlags = {
  offline: { flag: "offline", help: "Use the offline model." },
  noPackages: { flag: "no-packages", help: "Do not let it fetch packages." },
  port: { flag: "port", placeholder: "PORT", help: "The page's port." },
  dataDir: { flag: "data-dir", placeholder: "DIR", help: "Where notebooks are kept." },
  noOpen: { flag: "no-open", help: "Do not open the browser." },
  noToken: { flag: "no-token", help: "Let everyone on this machine in." },
} as const satisfies Record<string, FlagEntry>;

/** The settings that have flags here. */
const settings = commandOptionNames.filter((name) => modelSettingNames.includes(name));

/**
 * Parses the command line and the `.env` file.
 *
 * @returns the flags, or an error that lists everything that is wrong
 */
export function readNotebookFlags(
  args: readonly string[],
  host: Pick<CommandHost, "environment" | "environmentNames" | "readFile">,
): NotebookFlags | Error {
  const parsed = parseFlags(args, { settings, flags: ownFlags });
  const { values } = parsed;
  const { port, dataDir } = values;
  const envFile = readEnvFile(values.envFile, host.readFile);
  const issues = [...parsed.issues, ...envFile.issues].map(({ message }) => message);
  if (port !== undefined && (!/^\d+$/.test(port) || Number(port) > 65_535)) {
    issues.push(`--port must be a port from 0 to 65535, not ${JSON.stringify(port)}`);
  }
  if (values.version !== undefined) issues.push("unknown flag --version");
  if (issues.length > 0) return new Error(redacted(issues.join("\n"), parsed));
  const has = (name: keyof typeof ownFlags | "help") => values[name] !== undefined;
  return {
    help: has("help"),
    offline: has("offline"),
    packages: !has("noPackages"),
    open: !has("noOpen"),
    token: !has("noToken"),
    port: port === undefined ? undefined : Number(port),
    dataDir: dataDir === undefined
      ? fileURLToPath(new URL("../../.cache/notebooks", import.meta.url))
      : resolve(dataDir),
    sources: {
      flagValues: Object.fromEntries(
        settings.flatMap((name) => values[name] === undefined ? [] : [[name, values[name]]]),
      ),
      environment: host.environment,
      envFile: envFile.variables,
    },
    hints: describeMistyped([...host.environmentNames(), ...Object.keys(envFile.variables)]),
  };
}

function redacted(text: string, { values: { apiKey, headers } }: ParsedFlags): string {
  return createRedactor([apiKey, headers])(text);
}
