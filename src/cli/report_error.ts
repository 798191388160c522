/**
 * Reports errors: the program's own errors with their message, defects with their stack.
 *
 * @module
 */

import { AIPythonError, ConfigurationError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { withoutControls } from "../terminal/control_filter.ts";

export interface EndReport {
  /** The command's name; empty for the command that attaches. */
  command: string;
  /** The command's logger; absent until its settings are known. */
  logger?: Logger;
  /** Whether log lines are JSON. */
  isJson: boolean;
  redact(text: string): string;
  /** Writes to stderr. */
  write(text: string): void;
}

/**
 * Reports the error that ended a command, as `aipython: MESSAGE`. For an attached agent, and if log lines are JSON, the report is a log
 * line instead.
 */
export function reportEnd(error: unknown, { command, logger, isJson, redact, write }: EndReport): void {
  if (error instanceof ConfigurationError && !isJson) {
    const help = ["aipython", command, "--help"].filter((word) => word !== "").join(" ");
    return write(redact(describeIssues(error, "aipython", help)));
  }
  if (logger !== undefined && (isJson || command === "")) return reportError(error, logger);
  const isOwn = error instanceof AIPythonError;
  write(redact(`aipython: ${isOwn ? withoutControls(error.message) : describeDefect(error)}\n`));
  if (isOwn) logger?.debug(describeDefect(error));
}

/** Logs an error: its message, and its stack at level `debug`; for a defect the stack at level `error`. */
export function reportError(error: unknown, logger: Logger): void {
  if (!(error instanceof AIPythonError)) return logger.error(describeDefect(error));
  logger.error(error.message);
  logger.debug(describeDefect(error));
}

/** Returns an error's stack with the stacks of its causes. */
export function describeDefect(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${describeDefect(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

/**
 * Lists the problems of a command line and its settings.
 *
 * @param program the program's name, which begins each line
 * @param help the command line that prints help
 * @returns a line for each problem, and one that points to the help
 */
export function describeIssues({ issues }: ConfigurationError, program: string, help: string): string {
  const lines = issues.map(({ message }) => `${program}: ${withoutControls(message)}\n`);
  return `${lines.join("")}Try ${help}.\n`;
}
