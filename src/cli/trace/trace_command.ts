/**
 * The command `aipython trace`.
 *
 * @module
 */

import type { CommandEntry } from "../command.ts";

export const traceCommand: CommandEntry<never> = {
  name: "trace",
  operand: { placeholder: "FILE", help: "A file written with --trace, or - for standard input." },
  summary: "show the model's request and reply for each cell",
  description:
    "Shows a file that aipython, aipython run or aipython repl wrote with --trace: for each cell the turn that was sent, " +
    "its hints, the reply as it came, why the model was asked again, tokens, times, the cost if the price is known, and " +
    "how the cell ended. The file has one JSON object per line. Other lines are reported by number and skipped. Nothing is " +
    "sent.",
  settings: [],
  flags: {
    cell: {
      flag: "cell",
      placeholder: "CELL",
      help: "Show only this cell: the n of In [n], or the id of a cell or of an execution request.",
    },
  },
  noDefaultEnvFile: true,
  examples: [
    "aipython run lesson.ipynb --trace lesson.jsonl",
    "aipython trace lesson.jsonl --cell 3",
    "tail -1 lesson.jsonl | aipython trace -",
  ],
  load: async () => (await import("./trace.ts")).trace,
};
