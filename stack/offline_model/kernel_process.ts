/**
 * The process that a kernel runs its cells in: taken when it is needed, and replaced when it has died.
 *
 * @module
 */

import { AIPythonError } from "../../src/errors.ts";
import type { PythonProcess } from "./python_process.ts";

/** The kernel was stopped while it was needed. */
export class KernelStoppedError extends AIPythonError {
  readonly name = "KernelStoppedError";
}

/** What the holder of a process needs. */
export interface KernelProcessOptions {
  /**
   * Gives a process that is ready for a cell and has run none.
   *
   * @param signal gives up
   */
  take(signal: AbortSignal): Promise<PythonProcess>;
  /** Told that the process is gone, with all that it knew. */
  onLost(): void;
}

/** Holds one process at a time, or none. */
export class KernelProcess {
  readonly #options: KernelProcessOptions;
  readonly #stopping = new AbortController();
  #current?: PythonProcess;
  #taken?: Promise<unknown>;
  #burials: Promise<unknown> = Promise.resolve();

  constructor(options: KernelProcessOptions) {
    this.#options = options;
  }

  /** The process, if there is one. */
  get current(): PythonProcess | undefined {
    return this.#current;
  }

  /** Whether no process is taken any more. */
  get isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /**
   * Returns a process that lives, and takes one where there is none.
   *
   * @param signal gives up. Default: only when no process is taken any more
   * @throws {PythonDiedError} when Python cannot be started
   * @throws {KernelStoppedError} when no process is taken any more
   */
  async ensure(signal = this.#stopping.signal): Promise<PythonProcess> {
    for (;;) {
      if (this.isStopped) throw new KernelStoppedError("The offline model is stopped.");
      if (this.#current?.gone) this.bury(this.#current);
      if (this.#current !== undefined) return this.#current;
      await (this.#taken ??= this.#take(signal));
    }
  }

  /** Ends a process, if it is the one that is held, without waiting for its end. */
  bury(process: PythonProcess): void {
    if (this.#current !== process) return;
    this.#current = undefined;
    this.#options.onLost();
    this.#burials = Promise.all([this.#burials, process.close()]);
  }

  /** Ends the process, if there is one. */
  async end(): Promise<void> {
    if (this.#current !== undefined) this.bury(this.#current);
    await this.#burials;
  }

  /** Takes no process any more, and ends the one that is held. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.end();
  }

  async #take(signal: AbortSignal): Promise<void> {
    try {
      const process = await this.#options.take(AbortSignal.any([signal, this.#stopping.signal]));
      this.#current = process;
      process.exited.then(() => this.bury(process));
    } finally {
      this.#taken = undefined;
    }
  }
}
