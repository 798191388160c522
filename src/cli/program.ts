/**
 * The program `aipython`: from arguments to an exit code.
 *
 * @module
 */

import { AIPythonError, ConfigurationError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { secretsOf } from "../options/secrets_of.ts";
import type { CommandSettings, LogFormat } from "../options/settings.ts";
import type { CommandHost } from "./host/command_host.ts";
import { describeSetting, readCommandSettings } from "./command_settings.ts";
import { findCommand } from "./commands.ts";
import { exitCodeOfError } from "./exit_code.ts";
import { explainInstallation } from "./incomplete_installation.ts";
import { parseFlags } from "./flags.ts";
import { formatHelp } from "./help.ts";
import { describeDefect, describeIssues, reportError } from "./report_error.ts";
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
  let logger: Logger | undefined;
  let format: LogFormat = "text";
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
    const { logLevel = "info", logFormat = format } = input.settings;
    format = logFormat;
    logger = createStderrLogger({
      level: logLevel,
      format: logFormat,
      secrets: secretsOf(input.settings),
      write: (line) => host.writeError(line),
      clock: host.clock,
    });
    for (const hint of input.hints) logger.warn(hint);
    for (const name of command.settings) logger.debug(describeSetting(name, input));
    const run = await command.load();
    // Complete unless the command is lenient, which then declares its settings as incomplete.
    const settings = input.settings as CommandSettings;
    return await run({ ...input, settings, operands: parsed.operands, logger, host });
  } catch (caught) {
    const error = explainInstallation(caught);
    if (error instanceof ConfigurationError && format === "text") {
      const help = ["aipython", command.name, "--help"].filter((word) => word !== "").join(" ");
      host.writeError(describeIssues(error, "aipython", help));
    } else if (logger !== undefined) reportError(error, logger);
    else host.writeError(`aipython: ${error instanceof AIPythonError ? error.message : describeDefect(error)}\n`);
    return exitCodeOfError(error);
  }
}
