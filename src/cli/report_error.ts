/**
 * Reports errors: the program's own errors by their message, a defect with its stack.
 *
 * @module
 */

import { AIPythonError, ConfigurationError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { withoutControls } from "../terminal/control_filter.ts";

/** How the error that ended a command is reported. */
export interface EndReport {
  /** The command's name; empty for the one that attaches. */
  command: string;
  /** The command's logger; absent while its settings are not known. */
  logger?: Logger;
  /** Whether log lines are JSON. */
  isJson: boolean;
  /** Hides secrets. */
  redact(text: string): string;
  /** Writes to stderr. */
  write(text: string): void;
}

/**
 * Reports the error that ended a command: in the form of a wrong flag, whatever it is. An attached agent lives long, so its last line is
 * one of the log; and who asks for JSON gets nothing else.
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
