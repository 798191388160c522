/**
 * The command `deno task eval`: from arguments to an exit code.
 *
 * @module
 */

import { exitCodeOfError, exitCodeOfSignal } from "../../src/cli/exit_code.ts";
import type { StopSignal } from "../../src/cli/host/stop_signal.ts";
import { jsonStderr } from "../../src/cli/json_stderr.ts";
import { findLogFormat } from "../../src/cli/log_format.ts";
import { describeDefect, describeIssues } from "../../src/cli/report_error.ts";
import { createStderrLogger } from "../../src/cli/stderr_logger.ts";
import { AIPythonError, ConfigurationError, ModelError, RefusedError } from "../../src/errors.ts";
import { createRedactor } from "../../src/options/redactor.ts";
import { secretsOf } from "../../src/options/secrets_of.ts";
import { withoutControls } from "../../src/terminal/control_filter.ts";
import { builtInTemplate } from "../prompt/prompt_file.ts";
import { compareFiles } from "./compare_files.ts";
import { readWords } from "./eval_flags.ts";
import type { EvalHost } from "./eval_host.ts";
import { readOrder } from "./eval_order.ts";
import { formatEvalHelp } from "./help.ts";
import { resumeHint } from "./resume_hint.ts";
import { runEval } from "./run_eval.ts";

/**
 * @param args the arguments after `deno task eval`
 * @returns the exit code. Never rejects
 */
export async function runEvalCommand(args: readonly string[], host: EvalHost): Promise<number> {
  if (findLogFormat(args, {}, host) === "text") {
    return await runWords(args, host, (message) => host.writeError(`${message}\n`));
  }
  using stderr = jsonStderr(host);
  const { writeError: write, clock } = host;
  const logger = createStderrLogger({ level: "error", format: "json", secrets: [], write, clock });
  return await runWords(args, { ...stderr.host, writeLog: write }, (message) => logger.error(message));
}

async function runWords(
  args: readonly string[],
  host: EvalHost,
  report: (message: string) => void,
): Promise<number> {
  const words = readWords(args);
  if (words.values.help !== undefined) {
    host.writeOutput(formatEvalHelp());
    return 0;
  }
  if (words.values.showPrompt !== undefined) {
    host.writeOutput(builtInTemplate());
    return 0;
  }
  let secrets: string[] = [];
  const stopping = new AbortController();
  let stopSignal: StopSignal | undefined;
  const forget = host.onStopSignal((signal) => {
    stopSignal = signal;
    stopping.abort(new DOMException("The evaluation was interrupted", "AbortError"));
  });
  const uncaught = Promise.withResolvers<never>();
  const forgetUncaught = host.onUncaught(uncaught.reject);
  try {
    if (words.values.compare !== undefined) return await compareFiles(words, host);
    const order = readOrder(words, host);
    secrets = secretsOf(order.settings);
    const running = runEval(order, secrets, host, stopping.signal);
    const { code, isIncomplete } = await Promise.race([uncaught.promise, running]);
    if (isIncomplete && stopSignal === undefined) report(createRedactor(secrets)(resumeHint(args)));
    return stopSignal === undefined ? code : exitCodeOfSignal(stopSignal);
  } catch (error) {
    if (stopSignal !== undefined && error === stopping.signal.reason) return exitCodeOfSignal(stopSignal);
    report(createRedactor(secrets)(describe(error, args)));
    return exitCodeOfError(error);
  } finally {
    forget();
    forgetUncaught();
  }
}

function describe(error: unknown, args: readonly string[]): string {
  if (error instanceof ConfigurationError) return describeIssues(error, "eval", "deno task eval --help").trimEnd();
  const message = `eval: ${error instanceof AIPythonError ? withoutControls(error.message) : describeDefect(error)}`;
  if (!(error instanceof ModelError || error instanceof RefusedError)) return message;
  return `${message}\n${resumeHint(args)}`;
}
