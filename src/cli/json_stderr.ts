/**
 * Writes everything that a command has for stderr as JSON lines: with `--log-format json` a program reads it, whatever it is.
 *
 * @module
 */

import type { CommandHost } from "./host/command_host.ts";
import { formatJsonLine } from "./stderr_logger.ts";

/** What is needed of the process. */
type StderrHost = Pick<CommandHost, "writeError" | "isTerminal" | "clock">;

/** The process of a command that writes JSON lines; dispose it at the command's end, which writes a last line without a newline. */
export interface JsonStderr<Host extends StderrHost> extends Disposable {
  /** The process as the command sees it: stderr is no terminal, and each line on it is a record of level `info`. */
  host: Host;
}

/**
 * Makes JSON lines of what a command writes to stderr. A logger that writes JSON by itself gets the original host.
 *
 * @param host the process
 */
export function jsonStderr<Host extends StderrHost>(host: Host): JsonStderr<Host> {
  let rest = "";
  const write = (line: string) => host.writeError(`${formatJsonLine(host.clock.date(), "info", line)}\n`);
  const own: Pick<StderrHost, "writeError" | "isTerminal"> = {
    writeError(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop()!;
      lines.forEach(write);
    },
    isTerminal: (stream) => stream !== "error" && host.isTerminal(stream),
  };
  return {
    host: { ...host, ...own },
    [Symbol.dispose]() {
      if (rest !== "") write(rest);
      rest = "";
    },
  };
}
