/**
 * What this package logs to. The library is silent unless it is given a logger; the command gives it one that writes to stderr.
 *
 * @module
 */

/** Facts that belong to a log line: short, serialisable, never a secret. */
export type LogFields = Record<string, string | number | boolean | undefined>;

/** A sink for log lines, by level. */
export interface Logger {
  /** What only someone looking for a fault wants to see. */
  debug(message: string, fields?: LogFields): void;
  /** What a person wants to know. */
  info(message: string, fields?: LogFields): void;
  /** What went wrong and was dealt with. */
  warn(message: string, fields?: LogFields): void;
  /** What went wrong and was not. */
  error(message: string, fields?: LogFields): void;
}

/** A logger that says nothing. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
