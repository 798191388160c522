/**
 * Shows the state of an attached agent's notebooks: `aipython health`.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import { describeMissing } from "../../options/issue_wording.ts";
import { withoutControls } from "../../terminal/control_filter.ts";
import type { HealthReport, NotebookHealth } from "./notebook_health.ts";
import type { Invocation } from "../command.ts";
import { failure } from "../exit_code.ts";
import { askHealth } from "./ask_health.ts";
import { healthUrl } from "./health_url.ts";

/**
 * Prints the state of an agent's notebooks.
 *
 * @returns the exit code: 0 if all are attached, 1 if one is not or if nothing answers
 * @throws {ConfigurationError} no port was given
 */
export async function health({ settings, flags, host }: Invocation<"healthPort" | "healthHost">): Promise<number> {
  const { healthPort: port, healthHost } = settings;
  if (port === undefined || port === 0) {
    throw new ConfigurationError([{ option: "healthPort", message: describeMissing("healthPort", "command", []) }]);
  }
  const answer = await askHealth(healthUrl({ host: healthHost, port }));
  if (typeof answer === "string") {
    if (flags.json !== undefined) host.writeOutput(`${JSON.stringify({ status: "unreachable", notebooks: [] })}\n`);
    host.writeError(`aipython: ${withoutControls(answer)}\n`);
    return failure.code;
  }
  host.writeOutput(flags.json === undefined ? describe(answer) : `${JSON.stringify(answer)}\n`);
  return answer.status === "attached" ? 0 : failure.code;
}

/** Formats a line for each notebook. */
function describe({ notebooks }: HealthReport): string {
  return notebooks.map((each) => `${withoutControls(line(each))}\n`).join("");
}

function line({ notebook, status, since, reason }: NotebookHealth): string {
  return `${notebook}: ${status} since ${since}${reason === undefined ? "" : `: ${reason.replaceAll(/\s+/g, " ")}`}`;
}
