/**
 * The permissions of a kernel, as flags of `deno run`: only those that it needs.
 *
 * @module
 */

import { join } from "node:path";
import { ConfigurationError } from "../../errors.ts";
import { azureVariableNames } from "../../options/azure_variables.ts";
import { optionTable } from "../../options/option_table.ts";
import { shellSettings } from "../shell/shell_settings.ts";
import type { Program } from "./program.ts";

/** The parts of a kernel that determine its permissions. */
export interface KernelNeeds {
  program: Program;
  /** The base URL of the model server; absent with the offline model, which listens on this machine. */
  baseUrl?: string;
  /** The URL from which the offline model fetches packages. Default: it fetches none. */
  packagesUrl?: string;
  /** The absolute path of the env file. */
  envFile?: string;
  /** The absolute path of the history file. */
  history?: string;
  /** The folders in which front ends write connection files. */
  connectionFolders: readonly string[];
}

/** The address of front ends in their default configuration. */
const LOOPBACK = "127.0.0.1";

/** Jupyter's variables: the id of the parent process, and whether a disk without file permissions is accepted. */
const JUPYTER_VARIABLES = ["JPY_PARENT_PID", "JUPYTER_ALLOW_INSECURE_WRITES"];

/** The separator of the values of a flag. Deno has no way to escape it within a value. */
const SEPARATOR = ",";

/** Returns the permissions of a kernel. Without a base URL they are those of the offline model, which runs in another process. */
export function kernelPermissions(
  { program, baseUrl, packagesUrl, envFile, history, connectionFolders }: KernelNeeds,
): string[] {
  const { clone, deno, folders } = program;
  const offline = baseUrl === undefined && clone !== undefined ? offlineFolders(clone) : undefined;
  const kept = history === undefined ? [] : [history];
  const read = [
    ...connectionFolders,
    ...folders,
    ...envFile === undefined ? [] : [envFile],
    ...kept,
    ...offline?.read ?? [],
  ];
  const write = [...kept, ...offline?.write ?? []];
  return [
    flag("net", [LOOPBACK, ...hosts(baseUrl ?? packagesUrl)]),
    flag("read", read),
    flag("env", variables()),
    "--ignore-env",
    ...write.length === 0 ? [] : [flag("write", write)],
    ...offline === undefined ? [] : [flag("run", [deno])],
  ];
}

/** Returns the folders of the offline model: its source, and its cache of a booted Python. */
function offlineFolders(clone: string): { read: string[]; write: string[] } {
  const cache = join(clone, ".cache", "offline_model");
  return { read: [join(clone, "stack"), cache], write: [cache] };
}

/** Returns the environment variables that a kernel reads: those of the options (the program's own as `AIPYTHON_*`), and Jupyter's. */
function variables(): string[] {
  const names = shellSettings.flatMap((name) => optionTable[name].environment);
  return [...names, ...azureVariableNames, ...JUPYTER_VARIABLES].map((name) =>
    name.replace(/^AIPYTHON_.*/, "AIPYTHON_*")
  );
}

/** Returns the host of a URL with its port, or with the default port if the URL has none; nothing for this machine. */
function hosts(address: string | undefined): string[] {
  if (address === undefined) return [];
  const { protocol, hostname, port } = new URL(address);
  return hostname === LOOPBACK ? [] : [`${hostname}:${port || (protocol === "http:" ? 80 : 443)}`];
}

function flag(kind: string, values: readonly string[]): string {
  const unusable = values.find((value) => value.includes(SEPARATOR));
  if (unusable === undefined) return `--allow-${kind}=${[...new Set(values)].join(SEPARATOR)}`;
  throw new ConfigurationError([{
    message: `${JSON.stringify(unusable)} contains a comma, and Deno has no way to allow such a path; ` +
      "rename it or choose another one",
  }]);
}
