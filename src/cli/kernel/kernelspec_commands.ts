/**
 * The commands `aipython kernel install`, `uninstall` and `list`.
 *
 * @module
 */

import type { CommandEntry } from "../command.ts";
import { offlineFlag } from "../shell/offline.ts";
import { packageFlags } from "../shell/offline_packages.ts";
import { type ShellSettingName, shellSettings } from "../shell/shell_settings.ts";
import { historyFlag } from "./kernel_command.ts";
import { nameFlag } from "./kernel_name.ts";
import { folderFlags } from "./kernels_folder.ts";

const jsonFlag = (fields: string) => ({ flag: "json", help: `Print JSON for scripts: ${fields}.` });

/** `aipython kernel install` */
const install: CommandEntry<ShellSettingName> = {
  name: "kernel install",
  summary: "install it as a kernel of Jupyter",
  description:
    "Writes a kernelspec, which tells Jupyter how to start aipython kernel: with the settings that are given here or set " +
    "in the environment, by this installation, and with no more permissions than a kernel needs. Secrets are not written " +
    "into it: --api-key and --header are refused. Desktop front ends do not have OPENAI_API_KEY in their environment, so put " +
    "it into a file and name that with --env-file. A kernel of ours with the same name is replaced.",
  settings: shellSettings,
  flags: {
    ...folderFlags,
    name: nameFlag,
    displayName: {
      flag: "display-name",
      placeholder: "TEXT",
      help: "What front ends show (default: Python, played by MODEL (AIPython)).",
    },
    force: { flag: "force", help: "Replace another program's kernel of this name." },
    history: historyFlag,
    offline: offlineFlag,
    noPackages: {
      ...packageFlags.noPackages,
      help:
        "With --offline: fetch no packages that cells import. The default, because a kernel reaches no host that is not named.",
    },
    packagesUrl: packageFlags.packagesUrl,
    json: jsonFlag("{name, folder, displayName, warnings}"),
  },
  lenient: true,
  noDefaultEnvFile: true,
  examples: [
    "aipython kernel install --model gpt-4o --env-file ~/.config/aipython.env",
    "aipython kernel install --base-url http://127.0.0.1:11434/v1 --model qwen3",
    "aipython kernel install --offline --name offline --sys-prefix",
  ],
  load: async () => (await import("./install.ts")).install,
};

/** `aipython kernel uninstall` */
const uninstall: CommandEntry<never> = {
  name: "kernel uninstall",
  summary: "remove such a kernel",
  description: "Removes the folder of a kernel that aipython kernel install has made, and says where it was.",
  settings: [],
  flags: {
    ...folderFlags,
    name: nameFlag,
    force: { flag: "force", help: "Remove it also where it is another program's kernel." },
    json: jsonFlag("{name, folder}"),
  },
  noDefaultEnvFile: true,
  examples: ["aipython kernel uninstall", "aipython kernel uninstall --name offline --sys-prefix"],
  load: async () => (await import("./uninstall.ts")).uninstall,
};

/** `aipython kernel list` */
const list: CommandEntry<never> = {
  name: "kernel list",
  summary: "list such kernels, and what they lack",
  description:
    "Lists the kernels of this program wherever Jupyter looks for kernels, or in one folder, with their models; and says " +
    "which of them cannot start, because a file that they are started with has gone.",
  settings: [],
  flags: {
    ...folderFlags,
    json: jsonFlag("[{name, folder, displayName, version, model, baseUrl, missing}]"),
  },
  noDefaultEnvFile: true,
  examples: ["aipython kernel list", "aipython kernel list --json"],
  load: async () => (await import("./list.ts")).list,
};

/** What installs kernels, removes and lists them. */
export const kernelspecCommands: readonly CommandEntry[] = [install, uninstall, list];
