/**
 * Reports errors: the program's own errors by their message, a defect with its stack.
 *
 * @module
 */

import { AIPythonError, type ConfigurationError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { withoutControls } from "../terminal/control_filter.ts";

/** Logs an error that ended something. */
export function reportError(error: unknown, logger: Logger): void {
  if (!(error instanceof AIPythonError)) return logger.error(describeDefect(error));
  logger.error(error.message);
  logger.debug(describeDefect(error));
}

/** Describes an error with its stack and its causes. */
export function describeDefect(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${describeDefect(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

/**
 * Lists what is wrong with a command line and its settings.
 *
 * @param program its name, which begins each line
 * @param help the command line that prints help
 * @returns a line for each issue, and one that names the help
 */
export function describeIssues({ issues }: ConfigurationError, program: string, help: string): string {
  const lines = issues.map(({ message }) => `${program}: ${withoutControls(message)}\n`);
  return `${lines.join("")}Try ${help}.\n`;
}
