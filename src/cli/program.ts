/**
 * The program `aipython`: from arguments to an exit code.
 *
 * @module
 */

import { createRedactor } from "../options/redactor.ts";
import { secretsOf } from "../options/secrets_of.ts";
import type { CommandSettings } from "../options/settings.ts";
import type { CommandHost } from "./host/command_host.ts";
import { describeSetting, readCommandSettings } from "./command_settings.ts";
import { findCommand } from "./commands.ts";
import { exitCodeOfError } from "./exit_code.ts";
import { explainInstallation } from "./incomplete_installation.ts";
import { parseFlags } from "./flags.ts";
import { formatHelp } from "./help.ts";
import { type EndReport, reportEnd } from "./report_error.ts";
import { createStderrLogger } from "./stderr_logger.ts";
import { version } from "./version.ts";

/**
 * Runs the program.
 *
 * @param args the arguments after the program's name
 * @param host the process
 * @returns the exit code; never rejects
 */
export async function runProgram(args: readonly string[], host: CommandHost): Promise<number> {
  const { command, args: words } = findCommand(args);
  const parsed = parseFlags(words, command);
  const report: EndReport = { command: command.name, isJson: false, redact: (text) => text, write: host.writeError };
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
    const { logLevel = "info", logFormat = "text" } = input.settings;
    const secrets = secretsOf(input.settings);
    const logger = createStderrLogger({
      level: logLevel,
      format: logFormat,
      secrets,
      write: (line) => host.writeError(line),
      clock: host.clock,
    });
    Object.assign(report, { logger, isJson: logFormat === "json", redact: createRedactor(secrets) });
    for (const hint of input.hints) logger.warn(hint);
    for (const name of command.settings) logger.debug(describeSetting(name, input));
    const run = await command.load();
    // Complete unless the command is lenient, which then declares its settings as incomplete.
    const settings = input.settings as CommandSettings;
    return await run({ ...input, settings, operands: parsed.operands, logger, host });
  } catch (caught) {
    const error = explainInstallation(caught);
    reportEnd(error, report);
    return exitCodeOfError(error);
  }
}
