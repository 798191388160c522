/**
 * What a run was asked for: the command line and the settings, checked.
 *
 * @module
 */

import { readCommandSettings } from "../../src/cli/command_settings.ts";
import type { ParsedFlags } from "../../src/cli/flags.ts";
import type { ShellSettingName } from "../../src/cli/shell/shell_settings.ts";
import type { ConfigurationIssue } from "../../src/errors.ts";
import type { CommandSettings } from "../../src/options/settings.ts";
import { evalFlags, type EvalNumbers, evalSettings, readNumbers } from "./eval_flags.ts";
import type { EvalHost } from "./eval_host.ts";

/** What a run was asked for. */
export interface EvalOrder {
  /** A file of CRUXEval's form. Default: the golden recording. */
  path?: string;
  /** The flags that were given, by name. */
  flags: Readonly<Partial<Record<keyof typeof evalFlags, string>>>;
  /** Those that hold numbers. */
  numbers: EvalNumbers;
  /** The settings; those of the model server are absent with `--offline`. */
  settings: Pick<CommandSettings, ShellSettingName>;
}

/**
 * Reads what a run was asked for.
 *
 * @param words the command line
 * @param host environment and files
 * @throws {ConfigurationError} naming everything that is missing or wrong
 */
export function readOrder({ values, operands, issues }: ParsedFlags, host: EvalHost): EvalOrder {
  const wrong: ConfigurationIssue[] = [...issues];
  const [path, unexpected] = operands;
  if (unexpected !== undefined) {
    wrong.push({ message: `unexpected argument ${JSON.stringify(unexpected)}: expected one PATH (or --compare)` });
  }
  if (values.all !== undefined && values.offline === undefined) {
    wrong.push({ message: "--all makes sense with --offline only: another model is asked for all cells anyway" });
  }
  const numbers = readNumbers(values, wrong);
  if (values.seed !== undefined && values.sample === undefined) {
    wrong.push({ message: "--seed chooses a sample: give --sample N, too" });
  }
  const command = { settings: evalSettings, flags: evalFlags };
  const { flags, settings } = readCommandSettings({ values, operands, issues: wrong }, command, host);
  return { path, flags, numbers, settings: settings as CommandSettings };
}
