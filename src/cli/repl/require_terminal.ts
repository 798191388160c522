/**
 * Checks that stdin and stdout are a terminal.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import type { CommandHost } from "../host/command_host.ts";

/**
 * Checks that the line editor can work.
 *
 * @throws {ConfigurationError} there is no terminal, or its cursor cannot be moved
 */
export function requireTerminal(host: CommandHost): void {
  if (!host.isTerminal("input") || !host.isTerminal("output")) {
    const message = "repl needs a terminal for input and output; to run piped code, use aipython run -";
    throw new ConfigurationError([{ message }]);
  }
  if (host.environment.TERM === "dumb") {
    const message = "repl needs a terminal whose cursor can be moved, but TERM is dumb; use aipython run - instead";
    throw new ConfigurationError([{ message }]);
  }
}
