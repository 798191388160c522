/**
 * Runs an interactive session in a terminal: `aipython repl`.
 *
 * @module
 */

import type { Invocation } from "../command.ts";
import { exitCodeOfSignal } from "../exit_code.ts";
import type { FolderSettingName } from "../shell/shell_settings.ts";
import { ReplSession } from "./repl_session.ts";
import { requireTerminal } from "./require_terminal.ts";

/**
 * Runs a session until the user leaves. SIGTERM ends it at once; SIGINT does the same as Ctrl-C.
 *
 * @throws {ConfigurationError} there is no terminal, or the session cannot be recorded
 * @throws {RefusedError} the model server refuses the API key
 * @throws {OutputNotWrittenError} the record of the session was written to another file, which the message names
 */
export async function repl(invocation: Invocation<FolderSettingName>): Promise<number> {
  const { host } = invocation;
  requireTerminal(host);
  const session = new ReplSession(invocation);
  const left = Promise.withResolvers<number>();
  const forgetSignals = host.onStopSignal((signal) => {
    if (signal === "SIGINT" && session.interrupt()) return;
    left.resolve(exitCodeOfSignal(signal));
  });
  const forgetUncaught = host.onUncaught((error) => left.reject(error));
  try {
    return await Promise.race([session.run(), left.promise]);
  } finally {
    forgetSignals();
    forgetUncaught();
    await session[Symbol.asyncDispose]();
  }
}
