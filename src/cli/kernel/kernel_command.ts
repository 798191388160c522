/**
 * The command `aipython kernel CONNECTION_FILE`.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import { closest } from "../../options/closest.ts";
import type { FlagEntry } from "../../options/option_entry.ts";
import type { CommandEntry, Invocation } from "../command.ts";
import { offlineFlag } from "../shell/offline.ts";
import { packageFlags } from "../shell/offline_packages.ts";
import { type ShellSettingName, shellSettings } from "../shell/shell_settings.ts";

/** The subcommands, which are words in the position of a connection file. */
const SUBCOMMANDS = ["install", "uninstall", "list"];

export const historyFlag = {
  flag: "history",
  placeholder: "FILE",
  help:
    "Save the cells and their outputs to this file, and continue from them at the next start. Default: they are discarded " +
    "when the kernel ends.",
} as const satisfies FlagEntry;

export const kernelCommand: CommandEntry<ShellSettingName> = {
  name: "kernel",
  operand: {
    placeholder: "CONNECTION_FILE",
    help: "The file in which a Jupyter front end lists the ports and the key of the connection.",
    isOptional: true,
  },
  summary: "serve a Jupyter front end as its kernel",
  description:
    "Serves JupyterLab, VS Code, nbclient or another Jupyter front end. The front end starts this command itself after " +
    "aipython kernel install. Nothing is executed: a language model is asked what IPython would show. The command ends with " +
    "the front end. The .env file in the notebook's folder is not read.",
  settings: shellSettings,
  flags: {
    connectionFile: {
      flag: "f",
      short: "f",
      placeholder: "FILE",
      help: "CONNECTION_FILE as a flag, for front ends that pass it that way.",
    },
    history: historyFlag,
    offline: offlineFlag,
    ...packageFlags,
  },
  lenient: true,
  noDefaultEnvFile: true,
  examples: [
    "aipython kernel install --model gpt-4o --env-file ~/.config/aipython.env",
    "aipython kernel ~/.local/share/jupyter/runtime/kernel-1.json --offline",
  ],
  load: async () => {
    const { serve } = await import("./serve.ts");
    return (invocation) => {
      const path = connectionFile(invocation);
      const { issues } = invocation;
      if (issues.some(({ option }) => option !== "apiKey")) throw new ConfigurationError(issues);
      return serve({ ...invocation, operands: [path] });
    };
  },
};

/**
 * Returns the path of the connection file. In the command line of a kernel for Python, VS Code replaces `-f FILE` with `--f=FILE` at the
 * end, and quotes a path with blanks.
 */
function connectionFile({ operands: [operand], flags }: Pick<Invocation, "operands" | "flags">): string {
  const path = operand ?? flags.connectionFile?.replace(/^"(.*)"$/, "$1");
  if (path === undefined) throw wrong("missing CONNECTION_FILE: run aipython kernel install, and Jupyter passes one");
  const meant = closest(path, SUBCOMMANDS);
  if (operand !== undefined && meant !== undefined && !/[./\\]/.test(path)) {
    throw wrong(`${JSON.stringify(path)} is not a connection file: did you mean aipython kernel ${meant}?`);
  }
  return path;
}

function wrong(message: string): ConfigurationError {
  return new ConfigurationError([{ message }]);
}
