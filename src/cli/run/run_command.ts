/**
 * The command `aipython run`.
 *
 * @module
 */

import type { CommandEntry } from "../command.ts";
import { traceFlag } from "../files/trace_file.ts";
import { offlineFlag } from "../shell/offline.ts";
import { packageFlags } from "../shell/offline_packages.ts";
import { type FolderSettingName, folderSettings } from "../shell/shell_settings.ts";

export const runCommand: CommandEntry<FolderSettingName> = {
  name: "run",
  operand: { placeholder: "FILE", help: "A notebook (.ipynb), a Python file (.py), or - for standard input." },
  summary: "run a notebook or a Python file in the terminal",
  description:
    "Runs the code cells of a file from top to bottom and shows their outputs as they arrive. Nothing is executed: a " +
    "language model is asked what IPython would show. In a Python file a cell begins at each line `# %%`, or at the markers " +
    "that other editors and converters write; without such lines the file is one cell. In a pipe, stdout gets what the code " +
    "prints and the values of cells, and stderr gets the rest. The run ends at the first cell that fails, and exits with 1. " +
    "Ctrl-C interrupts it, and a second Ctrl-C ends it at once. Tables and texts in the file's folder (csv, tsv, json, jsonl, " +
    "txt) that a cell names in a string are sent to the model, up to --max-file-characters each, and named on stderr. The cell " +
    "tags raises-exception, skip-execution, remove-output and parameters have their usual effect.",
  settings: folderSettings,
  flags: {
    output: {
      flag: "output",
      short: "o",
      placeholder: "OUT.ipynb",
      help:
        "Write a notebook with the outputs, even after a failure or Ctrl-C. It may be FILE itself, or - for standard output.",
    },
    inplace: { flag: "inplace", help: "Write the outputs into FILE, a notebook." },
    parameters: {
      flag: "parameters",
      short: "p",
      placeholder: "NAME",
      second: "VALUE",
      help:
        "Set a variable in a new cell, after the one that is tagged parameters or at the beginning. Numbers, True, False and " +
        "None are Python values; anything else is a string. May be repeated.",
    },
    cellTimeout: {
      flag: "cell-timeout",
      placeholder: "SECONDS",
      help: "Interrupt a cell that takes longer. It counts as failed.",
    },
    anyLanguage: {
      flag: "any-language",
      help: "Run a notebook even if its metadata names a language other than Python.",
    },
    allowErrors: { flag: "allow-errors", help: "Continue after a cell that fails. The exit code is still 1." },
    pictures: {
      flag: "pictures",
      placeholder: "DIR",
      help: "Save pictures to this folder, as cell-N-1.png. Default: a temporary folder. Their paths are shown.",
    },
    trace: traceFlag,
    quiet: { flag: "quiet", short: "q", help: "Show only which cells failed, without outputs and progress." },
    offline: offlineFlag,
    ...packageFlags,
  },
  examples: [
    "aipython run notebook.ipynb --inplace",
    "aipython run script.py > out.txt",
    "echo 'print(2 + 3)' | aipython run - --offline",
    "aipython run report.ipynb -p year 2026 -p city Rome -o rome.ipynb",
    "aipython run --offline --allow-errors --output out.ipynb notebook.ipynb",
  ],
  load: async () => {
    const { run } = await import("./run.ts");
    return run;
  },
};
