/**
 * The command `aipython`: from arguments to an exit code.
 *
 * @module
 */

import { AIPythonError, ConfigurationError } from "../errors.ts";
import type { Logger } from "../logger.ts";
import { optionNames } from "../options/resolve_settings.ts";
import { attach, type AttachSurroundings } from "./attach.ts";
import { type CommandSurroundings, describeSetting, readCommandSettings, secretsOf } from "./command_settings.ts";
import { exitCodeOfError } from "./exit_code.ts";
import { parseFlags } from "./flags.ts";
import { formatHelp } from "./help.ts";
import { createStderrLogger } from "./stderr_logger.ts";
import { version } from "./version.ts";

/** What the command depends on: the process it runs in. */
export interface CommandHost extends CommandSurroundings, Omit<AttachSurroundings, "logger"> {
  /** Writes to stdout. */
  writeOutput(text: string): void;
  /** Writes to stderr. */
  writeError(text: string): void;
  /** Tells the time. */
  now(): Date;
}

/**
 * Runs the command.
 *
 * @param args the arguments after the command's name
 * @param host the process
 * @returns the exit code; never rejects
 */
export async function runCommand(args: readonly string[], host: CommandHost): Promise<number> {
  const flags = parseFlags(args);
  if (flags.values.help !== undefined) {
    host.writeOutput(formatHelp());
    return 0;
  }
  if (flags.values.version !== undefined) {
    host.writeOutput(`${version}\n`);
    return 0;
  }
  let logger: Logger | undefined;
  try {
    const resolved = readCommandSettings(flags, host);
    const { logLevel, logFormat, ...settings } = resolved.settings;
    logger = createStderrLogger({
      level: logLevel,
      format: logFormat,
      secrets: secretsOf(resolved.settings),
      write: (line) => host.writeError(line),
      now: () => host.now(),
    });
    for (const name of optionNames) logger.debug(describeSetting(name, resolved));
    return await attach(settings, { ...host, logger });
  } catch (error) {
    if (error instanceof ConfigurationError && logger === undefined) {
      const lines = error.issues.map(({ message }) => `aipython: ${message}\n`);
      host.writeError(`${lines.join("")}Try aipython --help.\n`);
    } else {
      reportError(error, logger, host);
    }
    return exitCodeOfError(error);
  }
}

/** Logs what ended the command: our own errors speak for themselves, a defect shows where it happened. */
function reportError(error: unknown, logger: Logger | undefined, host: CommandHost): void {
  if (logger === undefined) return host.writeError(`aipython: ${describeDefect(error)}\n`);
  if (!(error instanceof AIPythonError)) return logger.error(describeDefect(error));
  logger.error(error.message);
  logger.debug(describeDefect(error));
}

/** An error with its stack and with the errors that caused it. */
function describeDefect(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${describeDefect(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
