/**
 * Calls functions of the program that uses this package. Their errors are logged and have no other effect.
 *
 * @module
 */

import type { Logger } from "./logger.ts";

/**
 * Wraps a listener so that its errors are logged. An error is not logged if it repeats the one before.
 *
 * @param name the listener's name in the log: `onUsage`
 * @param listener may return a promise, which is not awaited
 * @param logger receives the errors; must be a guarded logger
 * @returns a function that calls the listener and never throws
 */
export function guardListener<Args extends unknown[]>(
  name: string,
  listener: (...args: Args) => unknown,
  logger: Logger,
): (...args: Args) => void {
  const report = onceEach((error) => logger.error(`${name} failed`, { error }));
  return (...args) => call(() => listener(...args), report);
}

/**
 * Wraps a logger so that the errors of its methods are logged with its method `error`. An error is not logged if it repeats the one before.
 * If `error` fails, too, there is no further attempt, so a message costs two calls at most.
 *
 * @returns a logger that never throws
 */
export function guardLogger(logger: Logger): Logger {
  const guard = (level: keyof Logger): Logger[keyof Logger] => {
    const report = onceEach((error) =>
      call(() => logger.error(`the logger's method ${level} failed`, { error }), ignore)
    );
    return (message, fields) => call(() => logger[level](message, fields), report);
  };
  return { debug: guard("debug"), info: guard("info"), warn: guard("warn"), error: guard("error") };
}

function ignore(): void {}

/** Calls a function that may throw or return a promise that rejects. */
function call(invoke: () => unknown, onError: (error: unknown) => void): void {
  try {
    const result = invoke();
    if (typeof result === "object" && result !== null) Promise.resolve(result).catch(onError);
  } catch (error) {
    onError(error);
  }
}

/** Passes errors on as text, except if the text is that of the error before. */
function onceEach(report: (error: string) => void): (error: unknown) => void {
  let last: string | undefined;
  return (error) => {
    const text = textOf(error);
    if (text === last) return;
    last = text;
    report(text);
  };
}

/** Converts an error to text. `String` throws for some values, such as an object without a prototype. */
function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return `an ${typeof error} without a text`;
  }
}
