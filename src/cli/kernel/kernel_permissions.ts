/**
 * What a kernel is allowed, as flags of `deno run`: what it needs, and no more.
 *
 * @module
 */

import { join } from "node:path";
import { ConfigurationError } from "../../errors.ts";
import { azureVariableNames } from "../../options/azure_variables.ts";
import { optionTable } from "../../options/option_table.ts";
import { shellSettings } from "../shell/shell_settings.ts";
import type { Program } from "./program.ts";

/** What the permissions depend on. */
export interface KernelNeeds {
  program: Program;
  /** The model server's address; absent with the offline model, which listens on this machine. */
  baseUrl?: string;
  /** The address from which the offline model fetches packages. Default: it fetches none. */
  packagesUrl?: string;
  /** The absolute path of the env file. */
  envFile?: string;
  /** The absolute path of the file that keeps the history. */
  history?: string;
  /** The folders in which front ends write connection files. */
  connectionFolders: readonly string[];
}

/** Where front ends listen, unless they are configured to be reached from elsewhere. */
const LOOPBACK = "127.0.0.1";

/** Who has started the kernel, and whether a disk without rights for files is taken. */
const JUPYTER_VARIABLES = ["JPY_PARENT_PID", "JUPYTER_ALLOW_INSECURE_WRITES"];

/** What separates the values of a flag; Deno knows no way to write one that is part of a value. */
const SEPARATOR = ",";

/** Lists the permissions of a kernel. Without an address it has what the offline model needs, which runs as a program beside it. */
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

/** The folders of the offline model: its source, and where it keeps a booted Python. */
function offlineFolders(clone: string): { read: string[]; write: string[] } {
  const cache = join(clone, ".cache", "offline_model");
  return { read: [join(clone, "stack"), cache], write: [cache] };
}

/** The variables of the options, those of the product by their beginning, and what Jupyter tells a kernel. */
function variables(): string[] {
  const names = shellSettings.flatMap((name) => optionTable[name].environment);
  return [...names, ...azureVariableNames, ...JUPYTER_VARIABLES].map((name) =>
    name.replace(/^AIPYTHON_.*/, "AIPYTHON_*")
  );
}

/** The host of an address with its port, also where the address leaves that out; nothing where it is this machine. */
function hosts(address: string | undefined): string[] {
  if (address === undefined) return [];
  const { protocol, hostname, port } = new URL(address);
  return hostname === LOOPBACK ? [] : [`${hostname}:${port || (protocol === "http:" ? 80 : 443)}`];
}

function flag(kind: string, values: readonly string[]): string {
  const unusable = values.find((value) => value.includes(SEPARATOR));
  if (unusable === undefined) return `--allow-${kind}=${[...new Set(values)].join(SEPARATOR)}`;
  throw new ConfigurationError([{
    message: `${JSON.stringify(unusable)} has a comma in its path, and Deno cannot be told to allow such a path; ` +
      "give it a name without one",
  }]);
}
