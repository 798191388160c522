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

/** `aipython repl` */
export const replCommand: CommandEntry<FolderSettingName> = {
  name: "repl",
  summary: "type cells at a prompt, as in IPython",
  description:
    "Reads cells at a prompt and shows their outputs while they arrive. Nothing is executed: a language model is asked " +
    "what IPython would show. Enter runs a complete cell and goes on with others; a blank line ends a block; Ctrl-O " +
    "begins a new line, Alt-Enter runs the cell in any case. Prompts that were copied with code (In [1]:, >>>) are taken " +
    "out. Up and Down recall earlier cells that begin as this one does, Ctrl-R and Ctrl-S search them. Tab indents, or " +
    "completes names, attributes, modules, magics and files by what the session knows; it asks no model. Ctrl-C drops " +
    "what was typed, or interrupts the cell, and a second one leaves; so do Ctrl-D, exit and quit, and exit(3) with 3. " +
    "input() and getpass() in a cell ask at the terminal; the model is told what was typed, passwords too. " +
    "Tables and texts in the working directory (csv, tsv, json, jsonl, txt) that a cell names in a string are sent to " +
    "the model, up to --max-file-characters each, and named as they are. " +
    ":save FILE.ipynb writes the cells so far to a new notebook. Cells are kept in $XDG_STATE_HOME/aipython/history " +
    "(~/.local/state/aipython/history), or where macOS and Windows keep such files.",
  settings: folderSettings,
  flags: {
    offline: offlineFlag,
    ...packageFlags,
    record: {
      flag: "record",
      placeholder: "OUT.ipynb",
      help: "Write the session to a new notebook, cell by cell; however the session ends, it is there.",
    },
    trace: traceFlag,
    noHistory: { flag: "no-history", help: "Neither recall cells of earlier sessions nor keep those of this one." },
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
