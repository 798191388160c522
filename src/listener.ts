/**
 * Calls functions of the program that uses this package. What they throw, or reject with, is logged and has no other effect.
 *
 * @module
 */

import type { Logger } from "./logger.ts";

/**
 * Guards a listener: an error of it is logged, once for each that differs from the one before.
 *
 * @param name the listener's name in the log: `onUsage`
 * @param listener may return a promise, which is not awaited
 * @param logger takes the errors; a guarded one
 * @returns calls the listener and never throws
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
 * Guards a logger: an error of one of its methods is logged by its method `error`, once for each that differs from the one before. If
 * that fails, too, nothing else is tried, so that a line costs two calls at most.
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

/** Passes an error on as text, unless the one before had the same. */
function onceEach(report: (error: string) => void): (error: unknown) => void {
  let last: string | undefined;
  return (error) => {
    const text = textOf(error);
    if (text === last) return;
    last = text;
    report(text);
  };
}

/** Writes an error as text, whatever was thrown: an object without a prototype has no text. */
function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return `an ${typeof error} without a text`;
  }
}
