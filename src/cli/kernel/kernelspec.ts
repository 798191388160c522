/**
 * The kernelspec: how a front end of Jupyter starts the kernel, and what it shows of it.
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

/** What `kernel.json` says of our kernels alone. */
export interface KernelMetadata {
  /** The version that installed it. */
  version: string;
  /** The model's name; absent with the offline model. */
  model?: string;
  /** The model server's address without user, password and query; absent with the offline model. */
  baseUrl?: string;
}

/** The content of `kernel.json` (https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs). */
export interface Kernelspec {
  /**
   * The command line. Some front ends replace `{connection_file}` only where it stands alone, and only once; VS Code wants it behind `-f`
   * in a kernel for Python.
   */
  argv: string[];
  display_name: string;
  language: string;
  interrupt_mode: "message";
  metadata: { debugger: false; aipython: KernelMetadata };
}

/** What a kernelspec is made of. */
export interface KernelChoice extends Pick<Invocation<ShellSettingName>, "settings" | "origins" | "flags"> {
  program: Program;
  /** The absolute path of the env file. */
  envFile?: string;
  /** The absolute path of the file that keeps the history. */
  history?: string;
  /** The folders in which front ends write connection files. */
  connectionFolders: readonly string[];
  /** What front ends show. Default: it names the model. */
  displayName?: string;
}

/** The settings that are never written down. */
const secretSettings: ReadonlySet<string> = new Set(shellSettings.filter((name) => optionTable[name].secret));

/**
 * Makes a kernelspec. Model and address stand in it in any case, since name and permissions follow them, and so does what flags and
 * environment set; secrets do not.
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

/** The flags of the offline model. Without an address it fetches no packages: there is no host that the kernel could be allowed. */
function offlineWords(packagesUrl: string | undefined): string[] {
  const packages = packagesUrl === undefined
    ? `--${packageFlags.noPackages.flag}`
    : `--${packageFlags.packagesUrl.flag}=${packagesUrl}`;
  return [`--${offlineFlag.flag}`, packages];
}

/** Whether an address has something in it that is not for others to read. */
export function hasSecret(baseUrl: string): boolean {
  return secretsOf({ baseUrl }).length > 0;
}

/** Writes settings as flags. */
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
    // It comes from the env file, which is read at every start.
    if (name === "baseUrl" && hasSecret(String(value))) return [];
    const { flag, kind }: OptionEntry<unknown> = optionTable[name];
    if (typeof value === "boolean") return [value ? `--${flag}` : `--no-${flag}`];
    return [`--${flag}=${kind.write?.(value) ?? value}`];
  });
}

/** Reads a kernelspec of ours; nothing where it is one of another program, or none. */
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
