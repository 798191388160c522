/**
 * Runs all checks and shows their results: `aipython check`.
 *
 * @module
 */

import { checkNames, type CheckResult } from "../../check/check_result.ts";
import { formatCheck, formatPending, formatSettings } from "../../check/check_text.ts";
import { createSanitizer } from "../../check/sanitize_result.ts";
import { checkSettings, listSettings } from "../../check/settings_check.ts";
import { summarizeChecks } from "../../check/summarize_checks.ts";
import type { Logger } from "../../logger.ts";
import { secretsOf } from "../../options/secrets_of.ts";
import { ProgressLine } from "../../terminal/progress_line.ts";
import { Style, wantsColor } from "../../terminal/style.ts";
import { wrapWords } from "../../terminal/wrap_words.ts";
import type { Invocation } from "../command.ts";
import type { CommandHost } from "../host/command_host.ts";
import { exitCodeOfError, exitCodeOfSignal } from "../exit_code.ts";
import { shellSettings } from "../shell/shell_settings.ts";

/** The maximum width of lines, in columns. */
const WIDTH = 80;

interface Report {
  add(result: CheckResult): void;
  /** Ends the report after the last result. */
  end(results: readonly CheckResult[], exitCode: number): void;
  /** Ends the report early, or clears the line of the running check. */
  leave(): void;
}

/** Runs all checks. Returns the exit code of the first failure; 0 if there is none; after a signal, that of the signal. */
export async function check(invocation: Invocation): Promise<number> {
  const { host, flags } = invocation;
  const report = flags.json === undefined ? new TextReport(invocation) : new JsonReport(host);
  const left = Promise.withResolvers<number>();
  const leaving = new AbortController();
  const forgetSignals = host.onStopSignal((signal) => {
    leaving.abort(new Error(`${signal}: the checks were aborted`));
    left.resolve(exitCodeOfSignal(signal));
  });
  const forgetUncaught = host.onUncaught(left.reject);
  const checking = checkAll(invocation, report, leaving.signal);
  try {
    return await Promise.race([left.promise, checking]);
  } finally {
    // The running checks end by themselves, and their errors are ignored.
    checking.catch(() => {});
    report.leave();
    forgetSignals();
    forgetUncaught();
  }
}

async function checkAll(invocation: Invocation, report: Report, signal: AbortSignal): Promise<number> {
  const { settings, origins, logger, host } = invocation;
  const { quote, sanitize } = createSanitizer(secretsOf(settings));
  const results: CheckResult[] = [];
  const add = (result: CheckResult) => {
    signal.throwIfAborted();
    results.push(sanitize(result));
    report.add(sanitize(result));
  };
  add(checkSettings(invocation));
  // The settings are shown first, because LiveStore takes most of a second to load.
  const { checkServers } = await import("../../check/server_checks.ts");
  const isModelChosen = origins.model?.source !== "default";
  const context = { settings, isModelChosen, quote, logger: quiet(logger), clock: host.clock, signal };
  for await (const result of checkServers(context)) add(result);
  const [failed] = results.filter((result) => result.status === "fail");
  const exitCode = failed === undefined ? 0 : exitCodeOfError(failed.failure);
  report.end(results, exitCode);
  return exitCode;
}

/** Logs every line at level `debug`, because the results already describe the problems. */
function quiet({ debug }: Logger): Logger {
  return { debug, info: debug, warn: debug, error: debug };
}

/** Shows results to people as they arrive, and on a terminal also the running check. */
class TextReport implements Report {
  readonly #invocation: Invocation;
  readonly #host: CommandHost;
  readonly #style: Style;
  readonly #width: number;
  /** Shows the running check; absent without a terminal. */
  readonly #pending: ProgressLine | undefined;
  #shown = 0;

  constructor(invocation: Invocation) {
    const { host, settings } = invocation;
    const isTerminal = host.isTerminal("output");
    this.#invocation = invocation;
    this.#host = host;
    this.#style = new Style(wantsColor({ isTerminal, environment: host.environment }));
    this.#width = Math.min(host.columns(), WIDTH);
    // With level `debug`, log lines would be mixed into this line.
    if (isTerminal && host.environment.TERM !== "dumb" && settings.logLevel !== "debug") {
      this.#pending = new ProgressLine((text) => host.writeOutput(text), () => host.columns());
    }
  }

  add(result: CheckResult): void {
    this.leave();
    this.#host.writeOutput(formatCheck(result, this.#style, this.#width));
    if (result.name === "settings") {
      this.#host.writeOutput(formatSettings(listSettings(this.#invocation), this.#style, this.#width));
    }
    this.#shown += 1;
    const next = checkNames[this.#shown];
    if (next !== undefined) this.#pending?.show(formatPending(next));
  }

  end(results: readonly CheckResult[]): void {
    const wrong = new Set(this.#invocation.issues.map(({ option }) => option));
    const sum = summarizeChecks(results, !shellSettings.some((name) => wrong.has(name)));
    this.#host.writeOutput(`${wrapWords(sum, this.#width).join("\n")}\n`);
  }

  leave(): void {
    this.#pending?.hide();
  }
}

/** Writes all results as JSON, at the end. */
class JsonReport implements Report {
  readonly #host: CommandHost;

  constructor(host: CommandHost) {
    this.#host = host;
  }

  add(): void {}

  end(results: readonly CheckResult[], exitCode: number): void {
    const checks = results.map(({ name, status, message, remedy, details }) => ({
      name,
      status,
      message,
      remedy,
      details,
    }));
    this.#host.writeOutput(`${JSON.stringify({ ok: exitCode === 0, exitCode, checks }, null, 2)}\n`);
  }

  leave(): void {}
}
