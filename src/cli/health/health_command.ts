/**
 * The command `aipython health`.
 *
 * @module
 */

import type { CommandEntry } from "../command.ts";

export const healthCommand: CommandEntry<"healthPort" | "healthHost"> = {
  name: "health",
  summary: "show the state of an attached agent's notebooks",
  description:
    "Asks an agent on this machine that runs with --health-port for the state of each notebook: starting, catching up (its log is " +
    "being read), attached, reconnecting, displaced, refused, failed or stopping. The exit code is 0 if all are attached, and 1 " +
    "otherwise, also if nothing answers within 5 seconds. Over HTTP, GET /healthz returns the same with status 200 or 503, and GET " +
    "/livez returns 200 as long as the agent's process responds.",
  settings: ["healthPort", "healthHost"],
  flags: {
    json: { flag: "json", help: "Print one JSON object, {status, notebooks}, for scripts." },
  },
  examples: [
    "aipython --notebook my-notebook --health-port 8080 & aipython health --health-port 8080",
    "AIPYTHON_HEALTH_PORT=8080 aipython health --json | jq -r '.notebooks[] | .notebook + \" \" + .status'",
  ],
  load: async () => (await import("./health.ts")).health,
};
