/**
 * The command `deno task eval`: from arguments to an exit code.
 *
 * @module
 */

import type { CommandHost } from "../../src/cli/host/command_host.ts";
import { readCommandSettings } from "../../src/cli/command_settings.ts";
import { exitCodeOfError, exitCodeOfSignal } from "../../src/cli/exit_code.ts";
import type { StopSignal } from "../../src/cli/host/stop_signal.ts";
import type { ShellSettingName } from "../../src/cli/shell/shell_settings.ts";
import { AIPythonError, ConfigurationError, type ConfigurationIssue } from "../../src/errors.ts";
import { createRedactor } from "../../src/options/redactor.ts";
import { secretsOf } from "../../src/options/secrets_of.ts";
import type { CommandSettings } from "../../src/options/settings.ts";
import { compareFiles } from "./compare_files.ts";
import { evalFlags, type EvalNumbers, evalSettings, readNumbers, readWords } from "./eval_flags.ts";
import { formatEvalHelp } from "./help.ts";
import { runEval } from "./run_eval.ts";

/** What the command depends on: the process it runs in. */
export type EvalHost = Pick<
  CommandHost,
  | "environment"
  | "readTextFile"
  | "writeFile"
  | "writeOutput"
  | "writeError"
  | "isTerminal"
  | "columns"
  | "now"
  | "onStopSignal"
>;

/** What a run was asked for. */
export interface EvalOrder {
  /** A file of CRUXEval's form; the golden recording, unless given. */
  path?: string;
  /** The flags that were given, by name. */
  flags: Readonly<Partial<Record<keyof typeof evalFlags, string>>>;
  /** Those that hold numbers. */
  numbers: EvalNumbers;
  /** The settings; those of the model server are absent with `--offline`. */
  settings: Pick<CommandSettings, ShellSettingName>;
}

/**
 * Runs the command.
 *
 * @param args the arguments after `deno task eval`
 * @param host the process
 * @returns the exit code; never rejects
 */
export async function runEvalCommand(args: readonly string[], host: EvalHost): Promise<number> {
  const words = readWords(args);
  if (words.values.help !== undefined) {
    host.writeOutput(formatEvalHelp());
    return 0;
  }
  let secrets: string[] = [];
  const stopping = new AbortController();
  let stopSignal: StopSignal | undefined;
  const forget = host.onStopSignal((signal) => {
    stopSignal = signal;
    stopping.abort(new DOMException("The evaluation was interrupted", "AbortError"));
  });
  try {
    if (words.values.compare !== undefined) return await compareFiles(words, host);
    const order = readOrder(words, host);
    secrets = secretsOf(order.settings);
    const code = await runEval(order, secrets, host, stopping.signal);
    return stopSignal === undefined ? code : exitCodeOfSignal(stopSignal);
  } catch (error) {
    if (stopSignal !== undefined && error === stopping.signal.reason) return exitCodeOfSignal(stopSignal);
    host.writeError(createRedactor(secrets)(describe(error)));
    return exitCodeOfError(error);
  } finally {
    forget();
  }
}

function readOrder({ values, operands, issues }: ReturnType<typeof readWords>, host: EvalHost): EvalOrder {
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

function describe(error: unknown): string {
  if (error instanceof ConfigurationError) {
    return `${error.issues.map(({ message }) => `eval: ${message}\n`).join("")}Try deno task eval --help.\n`;
  }
  if (error instanceof AIPythonError) return `eval: ${error.message}\n`;
  return `eval: ${error instanceof Error ? error.stack ?? error.message : String(error)}\n`;
}
