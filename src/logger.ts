/**
 * The logger of this package. The library does not log anything by default; the command logs to stderr.
 *
 * @module
 */

/** Fields of a log message: short, serializable, and never secret. */
export type LogFields = Record<string, string | number | boolean | undefined>;

/**
 * Receives log messages, by level.
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
  /** A detail that helps to find a fault. */
  debug(message: string, fields?: LogFields): void;
  /** Information for the user. */
  info(message: string, fields?: LogFields): void;
  /** A problem that was dealt with. */
  warn(message: string, fields?: LogFields): void;
  /** A problem that was not dealt with. */
  error(message: string, fields?: LogFields): void;
}

/** Adds common fields to all messages of a logger. A message's own fields take precedence. */
export function withFields(logger: Logger, common: LogFields): Logger {
  const logAt = (level: keyof Logger) => (message: string, fields: LogFields = {}) =>
    logger[level](message, { ...common, ...fields });
  return { debug: logAt("debug"), info: logAt("info"), warn: logAt("warn"), error: logAt("error") };
}

export const silentLogger: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
