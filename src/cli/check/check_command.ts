/**
 * The command `aipython check`.
 *
 * @module
 */

import { commandOptionNames } from "../../options/option_names.ts";
import type { CommandEntry } from "../command.ts";

export const checkCommand: CommandEntry = {
  name: "check",
  summary: "check whether everything works, and how to fix it",
  description:
    "Checks the settings, the model server (with two real cells), the sync server, the token and each notebook, and says " +
    "how to fix what does not work. A notebook is only read: a runtime that serves it is not disturbed. Without a notebook " +
    "only the rest is checked; aipython run and aipython repl need only the model. Each request times out after 15 " +
    "seconds. The exit code is that of the first failure.",
  settings: commandOptionNames,
  flags: {
    json: { flag: "json", help: "Print one JSON object, {ok, exitCode, checks}, for scripts." },
  },
  lenient: true,
  examples: [
    "aipython check --notebook my-notebook --auth-token my-token",
    "aipython check --base-url http://127.0.0.1:11434/v1",
    "aipython check --json | jq '.checks[] | select(.status == \"fail\")'",
  ],
  load: async () => {
    const { check } = await import("./check.ts");
    return check;
  },
};
