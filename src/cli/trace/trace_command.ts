/**
 * The command `aipython trace`.
 *
 * @module
 */

import type { CommandEntry } from "../command.ts";

/** `aipython trace FILE` */
export const traceCommand: CommandEntry<never> = {
  name: "trace",
  operand: { placeholder: "FILE", help: "A file that --trace has written, or - for standard input." },
  summary: "show what a model was asked for each cell, and what it answered",
  description:
    "Shows the file that aipython, aipython run or aipython repl has written with --trace: for each cell the turn that " +
    "was sent, its hints, the reply as it came, why the model was asked again, tokens, times, the cost where the price is " +
    "known, and how it ended. The file has one JSON object a line. Lines that are none are named by their numbers and " +
    "passed over. Nothing is sent.",
  settings: [],
  flags: {
    cell: {
      flag: "cell",
      placeholder: "CELL",
      help: "Show this cell only: the n of In [n], or the id of a cell or of an execution request.",
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
