/**
 * The kernelspec: the command line with which a Jupyter front end starts the kernel, and the name that it shows.
 *
 * @module
 */

import { bareAddress } from "../../options/bare_address.ts";
import type { OptionEntry } from "../../options/option_entry.ts";
import { optionTable } from "../../options/option_table.ts";
import { secretsOf } from "../../options/secrets_of.ts";
import type { Invocation } from "../command.ts";
import { offlineFlag } from "../shell/offline.ts";
import { packageFlags } from "../shell/offline_packages.ts";
import { type ShellSettingName, shellSettings } from "../shell/shell_settings.ts";
import { version } from "../version.ts";
import { historyFlag } from "./kernel_command.ts";
import { kernelPermissions } from "./kernel_permissions.ts";
import type { Program } from "./program.ts";

/** The part of `kernel.json` that only kernels of this program have. */
export interface KernelMetadata {
  /** The version of this program that installed the kernel. */
  version: string;
  /** The model's name; absent with the offline model. */
  model?: string;
  /** The base URL of the model server without user, password and query; absent with the offline model. */
  baseUrl?: string;
}

/** The content of `kernel.json` (https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs). */
export interface Kernelspec {
  /**
   * The command line. Some front ends replace `{connection_file}` only once, and only if it is a whole argument. VS Code expects it after
   * `-f` in a kernel for Python.
   */
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message";
  metadata: { debugger: false; aipython: KernelMetadata };
}

export interface KernelChoice extends Pick<Invocation<ShellSettingName>, "settings" | "origins" | "flags"> {
  program: Program;
  /** The absolute path of the env file. */
  envFile?: string;
  /** The absolute path of the history file. */
  history?: string;
  /** The folders in which front ends write connection files. */
  connectionFolders: readonly string[];
  /** The name that front ends show. Default: a name with the model. */
  displayName?: string;
}

/** The settings that are never written to the file. */
const secretSettings: ReadonlySet<string> = new Set(shellSettings.filter((name) => optionTable[name].secret));

/**
 * Creates a kernelspec. Its command line contains the settings from flags and environment, and always the model and the base URL, because
 * name and permissions depend on them. It contains no secrets.
 */
export function makeKernelspec(choice: KernelChoice): Kernelspec {
  const { program, settings: { model, baseUrl }, flags, envFile, history, displayName } = choice;
  const isOffline = flags.offline !== undefined;
  const { packagesUrl } = flags;
  const server = isOffline ? {} : { model, baseUrl: bareAddress(baseUrl) };
  return {
    argv: [
      program.deno,
      "run",
      "--quiet",
      "--no-prompt",
      ...program.flags,
      ...kernelPermissions({ ...choice, baseUrl: isOffline ? undefined : baseUrl, packagesUrl }),
      program.entry,
      "kernel",
      "-f",
      "{connection_file}",
      ...isOffline ? offlineWords(packagesUrl) : [],
      ...envFile === undefined ? [] : [`--env-file=${envFile}`],
      ...history === undefined ? [] : [`--${historyFlag.flag}=${history}`],
      ...settingFlags(choice),
    ],
    display_name: displayName ??
      (isOffline
        ? `Python ${packagesUrl === undefined ? "without" : "with"} packages, offline (AIPython)`
        : `Python, played by ${model} (AIPython)`),
    language: "python",
    interrupt_mode: "message",
    metadata: { debugger: false, aipython: { version, ...server } },
  };
}

/** Returns the flags of the offline model. Without a URL it fetches no packages, because the kernel is not allowed to reach any host. */
function offlineWords(packagesUrl: string | undefined): string[] {
  const packages = packagesUrl === undefined
    ? `--${packageFlags.noPackages.flag}`
    : `--${packageFlags.packagesUrl.flag}=${packagesUrl}`;
  return [`--${offlineFlag.flag}`, packages];
}

export function hasSecret(baseUrl: string): boolean {
  return secretsOf({ baseUrl }).length > 0;
}

function settingFlags({ settings, origins, flags }: KernelChoice): string[] {
  const isOffline = flags.offline !== undefined;
  return shellSettings.flatMap((name) => {
    const value = settings[name];
    const { source } = origins[name] ?? {};
    const isServer = (name === "model" || name === "baseUrl") && !isOffline;
    if (
      value === undefined || secretSettings.has(name) || !(isServer || source === "flag" || source === "environment")
    ) {
      return [];
    }
    // This base URL comes from the env file, which is read at every start.
    if (name === "baseUrl" && hasSecret(String(value))) return [];
    const { flag, kind }: OptionEntry<unknown> = optionTable[name];
    if (typeof value === "boolean") return [value ? `--${flag}` : `--no-${flag}`];
    return [`--${flag}=${kind.write?.(value) ?? value}`];
  });
}

/** Parses a kernelspec of this program; returns `undefined` for another program's kernelspec or an invalid one. */
export function readKernelspec(text: string): Kernelspec | undefined {
  try {
    const spec = JSON.parse(text);
    const { argv, display_name, metadata } = spec;
    const isWhole = Array.isArray(argv) && argv.every((word) => typeof word === "string") &&
      typeof display_name === "string";
    return isWhole && typeof metadata?.aipython?.version === "string" ? spec : undefined;
  } catch {
    return undefined;
  }
}
