/**
 * The command `aipython kernel CONNECTION_FILE`.
 *
 * @module
 */

import type { CommandEntry } from "../command.ts";
import { offlineFlag } from "../shell/offline.ts";
import { type ShellSettingName, shellSettings } from "../shell/shell_settings.ts";

/** `aipython kernel CONNECTION_FILE` */
export const kernelCommand: CommandEntry<ShellSettingName> = {
  name: "kernel",
  operand: {
    placeholder: "CONNECTION_FILE",
    help: "The file in which a front end of Jupyter says how it is reached.",
  },
  summary: "serve a front end of Jupyter as its kernel",
  description: "Serves one.",
  settings: shellSettings,
  flags: {
    history: {
      flag: "history",
      placeholder: "FILE",
      help:
        "Keep the cells and their outputs there, and go on from them at the next start. Default: until the kernel ends.",
    },
    offline: offlineFlag,
  },
  examples: ["aipython kernel ~/.local/share/jupyter/runtime/kernel-1.json --offline"],
  load: async () => (await import("./serve.ts")).serve,
};
