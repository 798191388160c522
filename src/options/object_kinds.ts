/**
 * The kinds of options that only a program can set: models, contexts, signals, loggers, functions.
 *
 * @module
 */

import { RequestLimiter } from "../async/request_limiter.ts";
import { isModel } from "../execution/checked_model.ts";
import type { CellTelemetry } from "../execution/cell_telemetry.ts";
import type { ExecutionContext } from "../execution/execution_context.ts";
import type { Model } from "../execution/model.ts";
import type { Price } from "../execution/price.ts";
import type { Logger } from "../logger.ts";
import type { OptionKind } from "./option_kind.ts";
import type { Environment } from "./setting_sources.ts";

/** Makes the kind of a value that has to pass a check. The value is not converted. */
function having<T>(expected: string, accepts: (value: unknown) => boolean): OptionKind<T> {
  return { expected, read: (value) => accepts(value) ? value as T : undefined };
}

export const functionKind: OptionKind<(...args: never[]) => unknown> = having(
  "a function",
  (value) => typeof value === "function",
);

export const listKind: OptionKind<readonly unknown[]> = having("a list", Array.isArray);

export const booleanKind: OptionKind<boolean> = having("true or false", (value) => typeof value === "boolean");

export const stringKind: OptionKind<string> = having(
  "a text that is not empty",
  (value) => typeof value === "string" && value !== "",
);

export const ordinalKind: OptionKind<number> = having(
  "a whole number, 1 or more",
  (value) => Number.isSafeInteger(value) && Number(value) >= 1,
);

export const environmentKind: OptionKind<Environment> = having(
  "an object of variables, each of them text or undefined, such as process.env",
  (value) => hasFields(value) && Object.values(value).every((text) => text === undefined || typeof text === "string"),
);

export const signalKind: OptionKind<AbortSignal> = having("an AbortSignal", (value) => value instanceof AbortSignal);

export const limiterKind: OptionKind<RequestLimiter> = having(
  "a RequestLimiter",
  (value) => value instanceof RequestLimiter,
);

export const loggerKind: OptionKind<Logger> = having(
  "an object with the methods debug, info, warn and error",
  (value) => hasFunctions(value, ["debug", "info", "warn", "error"]),
);

export const modelKind: OptionKind<Model> = having(
  "a Model: an object with a name and the method stream, such as createModel() makes",
  isModel,
);

export const contextKind: OptionKind<ExecutionContext> = having(
  "an ExecutionContext: an object with the methods stdout, stderr, executeResult, display, error and flush",
  (value) => hasFunctions(value, ["stdout", "stderr", "executeResult", "display", "error", "flush"]),
);

export const telemetryKind: OptionKind<CellTelemetry> = having(
  "a CellTelemetry: an object with the method observe",
  (value) => hasFunctions(value, ["observe"]),
);

export const pricesKind: OptionKind<Price> = having(
  "a Price: { input, cachedInput, output }, each in dollars per million tokens",
  (value) =>
    hasFields(value) && ["input", "cachedInput", "output"].every((name) => {
      const dollars = value[name];
      return typeof dollars === "number" && dollars >= 0 && dollars < Infinity;
    }),
);

function hasFunctions(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return names.every((name) => typeof (value as Record<string, unknown>)[name] === "function");
}

/** Whether a value is an object with fields: not a list, a function, a `Map` or a `Promise`. */
export function hasFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === "[object Object]";
}
