/**
 * The command `aipython` without a subcommand: attaches to a notebook.
 *
 * @module
 */

import { commandOptionNames } from "../../options/option_names.ts";
import type { CommandEntry } from "../command.ts";
import { traceFlag } from "../files/trace_file.ts";

export const attachCommand: CommandEntry = {
  name: "",
  summary: "attach to a notebook as its runtime",
  description:
    "Attaches to an Anode notebook as its Python runtime. Nothing is executed: for every cell that is run, a language " +
    "model is asked what IPython would show, and its outputs appear in the notebook while it writes them. The command " +
    "runs until Ctrl-C, which shuts it down; a second Ctrl-C ends it at once. One process can serve several notebooks. An " +
    "error that ends one does not end the others, and after a temporary error the notebook is attached again while others " +
    "are served. The exit code is that of a notebook that a new start may be able to attach, if there is one, and " +
    "otherwise that of the notebook that ended last.",
  settings: commandOptionNames,
  flags: { trace: traceFlag },
  examples: [
    "aipython --notebook my-notebook --auth-token my-token",
    "NOTEBOOK_ID=my-notebook aipython --env-file work.env --log-level debug",
    "aipython --notebook lesson-1 --notebook lesson-2 --max-concurrent-requests 4",
    "aipython --base-url http://127.0.0.1:11434/v1 --model qwen3",
    "aipython --runtime-id lessons --no-take-back --health-port 8080",
  ],
  load: async () => {
    const { attach } = await import("./attach.ts");
    return ({ settings: { logLevel: _level, logFormat: _format, model, ...settings }, flags, origins, logger, host }) =>
      // Without a model in its options the agent knows that the user has not chosen one.
      attach(origins.model?.source === "default" ? settings : { ...settings, model }, {
        ...host,
        logger,
        traceFile: flags.trace,
      });
  },
};
