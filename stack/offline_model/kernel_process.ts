/**
 * The process in which a kernel runs its cells. It is started when it is needed and replaced when it has died.
 *
 * @module
 */

import { AIPythonError } from "../../src/errors.ts";
import type { PythonProcess } from "./python_process.ts";

/** The kernel was stopped while it was needed. */
export class KernelStoppedError extends AIPythonError {
  readonly name = "KernelStoppedError";
}

export interface KernelProcessOptions {
  /** Returns a process that is ready for a cell and has not run any. */
  take(signal: AbortSignal): Promise<PythonProcess>;
  /** Called when the process has ended and its state is lost. */
  onLost(): void;
}

/** Holds at most one process. */
export class KernelProcess {
  readonly #options: KernelProcessOptions;
  readonly #stopping = new AbortController();
  #current?: PythonProcess;
  #taken?: Promise<unknown>;
  #burials: Promise<unknown> = Promise.resolve();

  constructor(options: KernelProcessOptions) {
    this.#options = options;
  }

  get current(): PythonProcess | undefined {
    return this.#current;
  }

  /** Whether the kernel was stopped. It then starts no further process. */
  get isStopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  /**
   * Returns the running process, or starts one.
   *
   * @param signal aborts the start. Default: only {@linkcode KernelProcess.stop} aborts it
   * @throws {PythonDiedError} when Python cannot be started
   * @throws {KernelStoppedError} after {@linkcode KernelProcess.stop}
   */
  async ensure(signal = this.#stopping.signal): Promise<PythonProcess> {
    for (;;) {
      if (this.isStopped) throw new KernelStoppedError("The offline model is stopped.");
      if (this.#current?.gone) this.bury(this.#current);
      if (this.#current !== undefined) return this.#current;
      await (this.#taken ??= this.#take(signal));
    }
  }

  /** Ends a process, if it is the current one, without waiting for its end. */
  bury(process: PythonProcess): void {
    if (this.#current !== process) return;
    this.#current = undefined;
    this.#options.onLost();
    this.#burials = Promise.all([this.#burials, process.close()]);
  }

  async end(): Promise<void> {
    if (this.#current !== undefined) this.bury(this.#current);
    await this.#burials;
  }

  /** Ends the process and starts no further one. */
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
