/**
 * Checks that there is a terminal to type on.
 *
 * @module
 */

import { ConfigurationError } from "../../errors.ts";
import type { CommandHost } from "../host/command_host.ts";

/**
 * Checks that a line editor can work here.
 *
 * @throws {ConfigurationError} there is no terminal, or one whose cursor cannot be moved
 */
export function requireTerminal(host: CommandHost): void {
  if (!host.isTerminal("input") || !host.isTerminal("output")) {
    const message = "repl needs a terminal to read from and to write to; to run what is piped in: aipython run -";
    throw new ConfigurationError([{ message }]);
  }
  if (host.environment.TERM === "dumb") {
    const message = "repl needs a terminal whose cursor can be moved, and TERM is dumb; without: aipython run -";
    throw new ConfigurationError([{ message }]);
  }
}
