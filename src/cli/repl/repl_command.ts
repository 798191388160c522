/**
 * The command `aipython repl`.
 *
 * @module
 */

import type { CommandEntry } from "../command.ts";
import { traceFlag } from "../files/trace_file.ts";
import { offlineFlag } from "../shell/offline.ts";
import { packageFlags } from "../shell/offline_packages.ts";
import { type FolderSettingName, folderSettings } from "../shell/shell_settings.ts";

export const replCommand: CommandEntry<FolderSettingName> = {
  name: "repl",
  summary: "type cells at a prompt, as in IPython",
  description:
    "Reads cells at a prompt and shows their outputs as they arrive. Nothing is executed: a language model is asked " +
    "what IPython would show. Enter runs the cell if it is complete, and otherwise begins a new line; a blank line ends a " +
    "block. Ctrl-O always begins a new line, Alt-Enter always runs the cell. Prompts that were copied with code (In [1]:, " +
    ">>>) are removed. Up and Down recall earlier cells with the same beginning, Ctrl-R and Ctrl-S search them. Tab " +
    "indents, or completes names, attributes, modules, magics and files from what the session has seen, without asking " +
    "the model. Ctrl-C discards what was typed, or interrupts the cell; a second one while the cell still runs leaves the " +
    "session. Ctrl-D, exit and quit also leave it, and exit(3) leaves with the exit code 3. input() and getpass() in a " +
    "cell ask at the terminal, and the answers are sent to the model, passwords too. Tables and texts in the working " +
    "directory (csv, tsv, json, jsonl, txt) that a cell names in a string are sent to the model, up to " +
    "--max-file-characters each; a message names each file that is sent. :save FILE.ipynb writes the cells so far to a new notebook. Cells are kept in $XDG_STATE_HOME/aipython/history " +
    "(~/.local/state/aipython/history), or in the folder for such files on macOS and Windows.",
  settings: folderSettings,
  flags: {
    offline: offlineFlag,
    ...packageFlags,
    record: {
      flag: "record",
      placeholder: "OUT.ipynb",
      help: "Write the session to a new notebook after each cell, so that it is kept however the session ends.",
    },
    trace: traceFlag,
    noHistory: {
      flag: "no-history",
      help: "Do not recall cells of earlier sessions, and do not keep those of this one.",
    },
  },
  examples: [
    "aipython repl --offline",
    "aipython repl --model gpt-4o --record lesson.ipynb",
    "aipython repl --base-url http://127.0.0.1:8080/v1 --model qwen3",
  ],
  load: async () => {
    const { repl } = await import("./repl.ts");
    return repl;
  },
};
