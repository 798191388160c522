/**
 * What this package logs to. The library is silent unless it is given a logger; the command gives it one that writes to stderr.
 *
 * @module
 */

/** Facts that belong to a log line: short, serialisable, never a secret. */
export type LogFields = Record<string, string | number | boolean | undefined>;

/**
 * A sink for log lines, by level.
 *
 * ```ts
 * import { AIPythonAgent, type LogFields, type Logger } from "@runt/aipython-runtime-agent";
 *
 * const lines: string[] = [];
 * const logAt = (level: string) => (message: string, fields: LogFields = {}) =>
 *   void lines.push(JSON.stringify({ level, message, ...fields }));
 * const logger: Logger = { debug: () => {}, info: logAt("info"), warn: logAt("warn"), error: logAt("error") };
 * const agent = new AIPythonAgent({ logger });
 * console.log(agent.model, lines);
 * ```
 */
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

/** A logger whose lines all carry these fields; a line's own come first and count before them. */
export function withFields(logger: Logger, common: LogFields): Logger {
  const logAt = (level: keyof Logger) => (message: string, fields: LogFields = {}) =>
    logger[level](message, { ...common, ...fields });
  return { debug: logAt("debug"), info: logAt("info"), warn: logAt("warn"), error: logAt("error") };
}

/** A logger that says nothing. */
export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
