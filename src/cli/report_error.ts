/**
 * Logs what ended something: our own errors speak for themselves, a defect shows where it happened.
 *
 * @module
 */

import { AIPythonError } from "../errors.ts";
import type { Logger } from "../logger.ts";

/** Logs an error that ended something. */
export function reportError(error: unknown, logger: Logger): void {
  if (!(error instanceof AIPythonError)) return logger.error(describeDefect(error));
  logger.error(error.message);
  logger.debug(describeDefect(error));
}

/** An error with its stack and with the errors that caused it. */
export function describeDefect(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${describeDefect(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
