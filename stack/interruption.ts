/**
 * Interrupts commands of the stack: the first signal asks a command to stop, a second one ends it at once.
 *
 * @module
 */

import type { CommandHost } from "../src/cli/host/command_host.ts";
import { exitCodeOfSignal } from "../src/cli/exit_code.ts";

/** Records whether a command was interrupted, and by which signal. */
export class Interruption {
  readonly #stopping = new AbortController();
  #exitCode: number | undefined;

  /** Starts to listen for the signals that stop a command. */
  constructor({ onStopSignal }: Pick<CommandHost, "onStopSignal">) {
    onStopSignal((signal) => {
      if (this.#exitCode !== undefined) Deno.exit(this.#exitCode);
      this.#exitCode = exitCodeOfSignal(signal);
      this.#stopping.abort(new Error(`stopped by ${signal}`));
    });
  }

  /** Aborted when the command should stop. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** The exit code for the signal that stopped the command; `undefined` if there was none. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  stop(reason: unknown): void {
    this.#stopping.abort(reason);
  }
}
