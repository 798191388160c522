/**
 * What a run was asked for: the command line and the settings, checked.
 *
 * @module
 */

import { readCommandSettings } from "../../src/cli/command_settings.ts";
import type { ShellSettingName } from "../../src/cli/shell/shell_settings.ts";
import { ConfigurationError, type ConfigurationIssue } from "../../src/errors.ts";
import type { CommandSettings } from "../../src/options/settings.ts";
import { readFile } from "../files.ts";
import { builtInPrompt, type EvalPrompt } from "../prompt/eval_prompt.ts";
import { fillPrompt } from "../prompt/prompt_file.ts";
import { evalFlags, type EvalNumbers, evalSettings, type EvalWords, readNumbers } from "./eval_flags.ts";
import type { EvalHost } from "./eval_host.ts";

/** What a run was asked for. */
export interface EvalOrder {
  /** A file of CRUXEval's form. Default: the golden recording. */
  path?: string;
  /** The flags that were given, by name. */
  flags: Readonly<Partial<Record<keyof typeof evalFlags, string>>>;
  /** Those that hold numbers. */
  numbers: EvalNumbers;
  /** The two system prompts that are compared; none for a run with the built-in one alone. */
  prompts: readonly EvalPrompt[];
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
export function readOrder({ values, operands, issues, promptFiles }: EvalWords, host: EvalHost): EvalOrder {
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
  if (promptFiles.length > 0 && values.minExact !== undefined) {
    wrong.push({ message: "--min-exact makes no sense with --prompt, which compares two runs: leave one of them out" });
  }
  const prompts = readPrompts(promptFiles, wrong, host);
  const command = { settings: evalSettings, flags: evalFlags };
  const { flags, settings } = readCommandSettings({ values, operands, issues: wrong }, command, host);
  return { path, flags, numbers, prompts, settings: settings as CommandSettings };
}

/** Reads the prompts that are compared; adds what is wrong with them to the issues. */
function readPrompts(files: readonly string[], issues: ConfigurationIssue[], host: EvalHost): EvalPrompt[] {
  if (files.length > 2) {
    issues.push({
      message: `--prompt compares two prompts and was given ${files.length} times: give it once or twice`,
    });
    return [];
  }
  const prompts = files.flatMap((path): EvalPrompt[] => {
    try {
      return [{ name: path, systemPrompt: fillPrompt(readFile(path, host), path) }];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      issues.push(...error.issues);
      return [];
    }
  });
  return files.length === 1 ? [builtInPrompt, ...prompts] : prompts;
}
