/**
 * Reads the options of the library's functions and classes besides the agent. Checks each value, and adds the defaults of absent settings.
 *
 * @module
 */

import { ConfigurationError, type ConfigurationIssue } from "../errors.ts";
import { closest } from "./closest.ts";
import { describeWrongObject, showValue } from "./issue_wording.ts";
import { hasFields } from "./object_kinds.ts";
import type { OptionEntry } from "./option_entry.ts";
import type { OptionKind } from "./option_kind.ts";
import { optionTable } from "./option_table.ts";
import type { AnySettings } from "./settings.ts";

/** The kinds of options that are not settings, by the options' names. */
export type OptionKinds = Readonly<Record<string, OptionKind<unknown>>>;

export interface KnownOptions {
  /** The names of the options that are settings. Their kinds and defaults are in the option table. */
  settings: readonly (keyof AnySettings)[];
  /** The kinds of the other options. */
  kinds: OptionKinds;
  required: readonly string[];
}

/**
 * @param given `undefined` counts as absent
 * @throws {ConfigurationError} with all unknown, missing and wrong options
 */
export function readOptions<Options extends object>(
  given: Options,
  { settings, kinds, required }: KnownOptions,
): Options {
  if (!hasFields(given)) {
    throw new ConfigurationError([{ message: `wrong options ${showValue(given)}: expected an object` }]);
  }
  const values: Readonly<Record<string, unknown>> = { ...given };
  const issues = unknownOptions(values, [...settings, ...Object.keys(kinds)]);
  const read: Record<string, unknown> = {};
  for (const name of settings) {
    const { kind, fallback }: OptionEntry<unknown> = optionTable[name];
    if (values[name] !== undefined) read[name] = kind.read(values[name]);
    else if (fallback?.kind === "value") read[name] = fallback.value;
  }
  const entries = settings.map((name) => [name, optionTable[name].kind] as const);
  issues.push(...wrongOptions(values, { ...kinds, ...Object.fromEntries(entries) }, required));
  if (issues.length > 0) throw new ConfigurationError(issues);
  return { ...given, ...read };
}

export function unknownOptions(given: object, names: readonly string[]): ConfigurationIssue[] {
  return Object.keys(given).filter((name) => !names.includes(name)).map((name) => {
    const meant = closest(name, names);
    return { message: `unknown option ${name}${meant === undefined ? "" : `: did you mean ${meant}?`}` };
  });
}

/** Finds the options that are missing or wrong. */
export function wrongOptions(
  given: Readonly<Record<string, unknown>>,
  kinds: OptionKinds,
  required: readonly string[] = [],
): ConfigurationIssue[] {
  return Object.entries(kinds).flatMap(([option, { expected, read }]) => {
    const value = given[option];
    if (value === undefined) {
      return required.includes(option) ? [{ option, message: `missing ${option}: expected ${expected}` }] : [];
    }
    if (read(value) !== undefined) return [];
    return [{ option, message: describeWrongObject(option, value, expected) }];
  });
}
