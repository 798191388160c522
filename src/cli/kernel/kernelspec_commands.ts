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

const install: CommandEntry<ShellSettingName> = {
  name: "kernel install",
  summary: "install aipython as a Jupyter kernel",
  description:
    "Writes a kernelspec, with which Jupyter starts aipython kernel. It contains the settings that are given here or set " +
    "in the environment, the path of this installation, and only the permissions that a kernel needs. It contains no " +
    "secrets: --api-key and --header are rejected. Desktop front ends do not have OPENAI_API_KEY in their environment, so " +
    "put it into a file, and name the file with --env-file. An AIPython kernel with the same name is replaced.",
  settings: shellSettings,
  flags: {
    ...folderFlags,
    name: nameFlag,
    displayName: {
      flag: "display-name",
      placeholder: "TEXT",
      help: "The name that front ends show (default: Python, played by MODEL (AIPython)).",
    },
    force: { flag: "force", help: "Replace another program's kernel of this name." },
    history: historyFlag,
    offline: offlineFlag,
    noPackages: {
      ...packageFlags.noPackages,
      help:
        "With --offline: do not fetch packages that cells import. This is the default, because a kernel may only connect to hosts " +
        "that are named at its installation.",
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

const uninstall: CommandEntry<never> = {
  name: "kernel uninstall",
  summary: "remove an AIPython kernel",
  description: "Removes the folder of a kernel that aipython kernel install created, and prints its path.",
  settings: [],
  flags: {
    ...folderFlags,
    name: nameFlag,
    force: { flag: "force", help: "Remove it even if it is another program's kernel." },
    json: jsonFlag("{name, folder}"),
  },
  noDefaultEnvFile: true,
  examples: ["aipython kernel uninstall", "aipython kernel uninstall --name offline --sys-prefix"],
  load: async () => (await import("./uninstall.ts")).uninstall,
};

const list: CommandEntry<never> = {
  name: "kernel list",
  summary: "list AIPython kernels, and their missing files",
  description:
    "Lists the kernels of this program with their models, in all folders where Jupyter looks for kernels or in one of them. " +
    "It also reports kernels that cannot start because a file of their command line is missing.",
  settings: [],
  flags: {
    ...folderFlags,
    json: jsonFlag("[{name, folder, displayName, version, model, baseUrl, missing}]"),
  },
  noDefaultEnvFile: true,
  examples: ["aipython kernel list", "aipython kernel list --json"],
  load: async () => (await import("./list.ts")).list,
};

export const kernelspecCommands: readonly CommandEntry[] = [install, uninstall, list];
