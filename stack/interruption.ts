/**
 * How a command of the stack is interrupted: by a signal it is asked to stop, by a second one it leaves at once.
 *
 * @module
 */

import type { CommandHost } from "../src/cli/host/command_host.ts";
import { exitCodeOfSignal } from "../src/cli/exit_code.ts";

/** Whether a command was interrupted, and by what. */
export class Interruption {
  readonly #stopping = new AbortController();
  #exitCode: number | undefined;

  /** Begins to watch for the signals that stop a command. */
  constructor({ onStopSignal }: Pick<CommandHost, "onStopSignal">) {
    onStopSignal((signal) => {
      if (this.#exitCode !== undefined) Deno.exit(this.#exitCode);
      this.#exitCode = exitCodeOfSignal(signal);
      this.#stopping.abort(new Error(`stopped by ${signal}`));
    });
  }

  /** Aborted when the command is to stop. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** The exit code of the signal that it was stopped by; nothing if there was none. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** Stops the command for another reason. */
  stop(reason: unknown): void {
    this.#stopping.abort(reason);
  }
}
