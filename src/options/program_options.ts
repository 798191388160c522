/**
 * The options that only a program can set, because they are objects and functions. They are not settings.
 *
 * @module
 */

import { environmentKind, functionKind, limiterKind, loggerKind, signalKind } from "./object_kinds.ts";
import type { OptionKind } from "./option_kind.ts";
import type { Environment } from "./setting_sources.ts";
import type { AIPythonAgentOptions, AIPythonSettings } from "./settings.ts";

/** The name of an option that is not a setting. */
export type ProgramOption = Exclude<keyof AIPythonAgentOptions, keyof AIPythonSettings>;

/** An option with a wrong value. */
export interface WrongProgramOption {
  option: ProgramOption;
  value: unknown;
  /** The form of a valid value. It completes the sentence "expected ...". */
  expected: string;
}

const programOptions: { readonly [Name in ProgramOption]: OptionKind<unknown> } = {
  logger: loggerKind,
  requestLimiter: limiterKind,
  onStatus: functionKind,
  onUsage: functionKind,
  onTrace: functionKind,
  environment: environmentKind,
  signal: signalKind,
};

export const programOptionNames = Object.keys(programOptions) as ProgramOption[];

/**
 * Finds wrong values of these options.
 *
 * @param given values by the option's name; `undefined` counts as not given
 * @param environment the variables of the process, which are not checked: listing them needs more permissions than reading one
 * @returns the wrong values, and the variables that replace those of the process: empty if they are wrong
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
