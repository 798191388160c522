/**
 * The options that only a program can give, because they are objects and functions. None of them becomes a setting.
 *
 * @module
 */

import { RequestLimiter } from "../async/request_limiter.ts";
import type { OptionKind } from "./option_kind.ts";
import type { Environment } from "./setting_sources.ts";
import type { AIPythonAgentOptions, AIPythonSettings } from "./settings.ts";

/** The name of such an option. */
export type ProgramOption = Exclude<keyof AIPythonAgentOptions, keyof AIPythonSettings>;

/** A value that is not what its option takes. */
export interface WrongProgramOption {
  option: ProgramOption;
  value: unknown;
  /** Completes the sentence "expected ...". */
  expected: string;
}

/** A value that has to be of a class or of a form; it is taken as it is. */
function having<T>(expected: string, accepts: (value: unknown) => value is T): OptionKind<T> {
  return { expected, read: (value) => accepts(value) ? value : undefined };
}

/** A function that is called with an event. */
const listener = having(
  "a function",
  (value): value is (event: unknown) => void => typeof value === "function",
);

/** The methods of a logger. */
const METHODS = ["debug", "info", "warn", "error"] as const;

const programOptions: { readonly [Name in ProgramOption]: OptionKind<NonNullable<AIPythonAgentOptions[Name]>> } = {
  logger: having(
    "an object with the methods debug, info, warn and error",
    (value): value is NonNullable<AIPythonAgentOptions["logger"]> =>
      typeof value === "object" && value !== null &&
      METHODS.every((name) => typeof (value as Record<string, unknown>)[name] === "function"),
  ),
  requestLimiter: having("a RequestLimiter", (value) => value instanceof RequestLimiter),
  onStatus: listener,
  onUsage: listener,
  onTrace: listener,
  environment: having(
    "an object of variables, each of them text or undefined, such as process.env",
    (value): value is Environment =>
      hasFields(value) && Object.values(value).every((text) => text === undefined || typeof text === "string"),
  ),
  signal: having("an AbortSignal", (value) => value instanceof AbortSignal),
};

/** The names of these options. */
export const programOptionNames = Object.keys(programOptions) as ProgramOption[];

/**
 * Finds what is wrong among these options.
 *
 * @param given values by the option's name; `undefined` counts as not given
 * @param environment the variables of the process, which are not looked through: that needs more permissions than to read one
 * @returns what is wrong, and the variables that were given in place of those, none where they are wrong
 */
export function checkProgramOptions(
  given: Readonly<Record<string, unknown>>,
  environment: Environment | undefined,
): { wrong: WrongProgramOption[]; environment: Environment | undefined } {
  const isRight = (option: ProgramOption, value: unknown) =>
    value === undefined || (option === "environment" && value === environment) ||
    programOptions[option].read(value) !== undefined;
  const wrong = programOptionNames.filter((option) => !isRight(option, given[option])).map((option) => {
    return { option, value: given[option], expected: programOptions[option].expected };
  });
  const isWrong = wrong.some(({ option }) => option === "environment");
  return { wrong, environment: isWrong ? {} : given.environment as Environment | undefined };
}

/** Whether a value is an object of fields: no list, no function, and nothing that holds its values elsewhere, as `Map` or `Promise` do. */
export function hasFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === "[object Object]";
}
