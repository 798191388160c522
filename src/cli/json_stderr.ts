/**
 * Turns everything that a command writes to stderr into JSON lines, because with `--log-format json` a program parses stderr.
 *
 * @module
 */

import type { CommandHost } from "./host/command_host.ts";
import { formatJsonLine } from "./stderr_logger.ts";

type StderrHost = Pick<CommandHost, "writeError" | "isTerminal" | "clock">;

/** A process whose stderr is JSON lines. Dispose it when the command ends, which writes a last line that had no newline. */
export interface JsonStderr<Host extends StderrHost> extends Disposable {
  /** The process for the command: stderr is not a terminal, and each line written to it becomes a record with level `info`. */
  host: Host;
}

/** Wraps a process so that each line on stderr becomes a JSON record. A logger that writes JSON itself must use the original host. */
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
