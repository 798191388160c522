/**
 * The command `aipython check`.
 *
 * @module
 */

import { commandOptionNames } from "../../options/option_names.ts";
import type { CommandEntry } from "../command.ts";

/** `aipython check` */
export const checkCommand: CommandEntry = {
  name: "check",
  summary: "see whether everything works, and how to mend it",
  description:
    "Checks the settings, the model server (by two real cells), the sync server, the token and the notebook, or each of several, and " +
    "says how to mend what does not work. The notebook is only read: a runtime that serves it goes on. Without a " +
    "notebook the rest is checked all the same; aipython run and aipython repl need no more than the model. Each " +
    "answer is waited for 15 seconds at most. The exit code is that of the first failure.",
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
