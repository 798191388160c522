/**
 * The program `aipython`: runs the command that the arguments name, and returns an exit code.
 *
 * @module
 */

import { createRedactor } from "../options/redactor.ts";
import { secretsOf } from "../options/secrets_of.ts";
import type { CommandSettings, LogFormat, LogLevel } from "../options/settings.ts";
import type { CommandEntry } from "./command.ts";
import type { CommandHost } from "./host/command_host.ts";
import { describeSetting, readCommandSettings } from "./command_settings.ts";
import { findCommand } from "./commands.ts";
import { exitCodeOfError } from "./exit_code.ts";
import { explainInstallation } from "./incomplete_installation.ts";
import { type ParsedFlags, parseFlags } from "./flags.ts";
import { formatHelp } from "./help.ts";
import { jsonStderr } from "./json_stderr.ts";
import { findLogFormat } from "./log_format.ts";
import { type EndReport, reportEnd } from "./report_error.ts";
import { createStderrLogger } from "./stderr_logger.ts";
import { version } from "./version.ts";

/**
 * Runs the program.
 *
 * @param args the arguments after the program's name
 * @returns the exit code; never rejects
 */
export async function runProgram(args: readonly string[], host: CommandHost): Promise<number> {
  const { command, args: words } = findCommand(args);
  const call = { command, parsed: parseFlags(words, command) };
  const { help, version } = call.parsed.values;
  // Help needs neither the environment nor a file.
  const logFormat = help === undefined && version === undefined ? findLogFormat(words, command, host) : "text";
  if (logFormat === "text") return await runCall(call, logFormat, host, host.writeError);
  using stderr = jsonStderr(host);
  return await runCall(call, logFormat, stderr.host, host.writeError);
}

/** Runs a command, and reports the error that ends it. */
async function runCall(
  { command, parsed }: { command: CommandEntry; parsed: ParsedFlags },
  logFormat: LogFormat,
  host: CommandHost,
  writeLog: (line: string) => void,
): Promise<number> {
  const loggerWith = (level: LogLevel, secrets: readonly string[]) =>
    createStderrLogger({ level, format: logFormat, secrets, write: writeLog, clock: host.clock });
  const isJson = logFormat === "json";
  const report: EndReport = { command: command.name, isJson, redact: (text) => text, write: host.writeError };
  // Problems of the settings are reported before the secrets are known. The messages about them contain none.
  if (isJson) report.logger = loggerWith("error", []);
  try {
    if (parsed.values.help !== undefined) {
      host.writeOutput(formatHelp(command));
      return 0;
    }
    if (parsed.values.version !== undefined) {
      host.writeOutput(`${version}\n`);
      return 0;
    }
    const input = readCommandSettings(parsed, command, host);
    const secrets = secretsOf(input.settings);
    const logger = loggerWith(input.settings.logLevel ?? "info", secrets);
    Object.assign(report, { logger, redact: createRedactor(secrets) });
    for (const hint of input.hints) logger.warn(hint);
    for (const name of command.settings) logger.debug(describeSetting(name, input));
    const run = await command.load();
    // The settings are complete, except for a lenient command, which treats them as incomplete.
    const settings = input.settings as CommandSettings;
    return await run({ ...input, settings, operands: parsed.operands, logger, host });
  } catch (caught) {
    const error = explainInstallation(caught);
    reportEnd(error, report);
    return exitCodeOfError(error);
  }
}
