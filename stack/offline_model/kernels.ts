/**
 * The kernels of all notebooks. Each has its own process, and the number of processes is limited.
 *
 * @module
 */

import { type CellRequest, Kernel } from "./kernel.ts";
import { KernelStoppedError } from "./kernel_process.ts";
import type { KernelLimits } from "./kernel_limits.ts";
import type { PythonEvent } from "./protocol.ts";
import type { PythonProcess } from "./python_process.ts";

export interface KernelsOptions {
  /** Starts a process and waits until it is ready for a cell. */
  startProcess: () => Promise<PythonProcess>;
  /** Whether a namespace contains only what the request defines. */
  isForgetful: boolean;
  limits: KernelLimits;
}

/** Notebooks whose history is kept. The least recently used one is forgotten first. */
const REMEMBERED_NOTEBOOKS = 1_000;

interface KernelEntry {
  kernel: Kernel;
  /** The timer that ends the process when it has been idle for a while. */
  idle?: ReturnType<typeof setTimeout>;
  /** Whether the notebook was released. Its process then ends after the last pending cell. */
  isLeft?: boolean;
}

export class Kernels {
  readonly #options: KernelsOptions;
  /** The most recently used one is last. */
  readonly #kernels = new Map<string, KernelEntry>();
  readonly #living = new Set<PythonProcess>();
  #starting = 0;
  #running = 0;
  #spare?: Promise<PythonProcess>;
  #spareTimer?: ReturnType<typeof setTimeout>;
  #changed = Promise.withResolvers<void>();
  #isStopped = false;

  constructor(options: KernelsOptions) {
    this.#options = options;
  }

  /** The ids of the running processes. */
  get pids(): number[] {
    return [...this.#living].map(({ pid }) => pid);
  }

  /**
   * Starts a process for the first notebook, so that its first cell need not wait. A failure is reported when a cell
   * needs the process.
   */
  warmUp(): void {
    this.#spare ??= this.#start();
    this.#spare.catch(() => this.#spare = undefined);
  }

  /** Resolves when the process for the next notebook is ready. */
  async ready(): Promise<void> {
    this.warmUp();
    await this.#spare;
  }

  /**
   * Runs a cell in a notebook's process when its turn has come, as {@linkcode Kernel.run} does.
   *
   * @param signal interrupts the cell
   * @throws {PythonDiedError} when Python cannot be started
   * @throws {KernelStoppedError} when the kernels are stopped meanwhile
   */
  async *run(key: string, request: CellRequest, signal: AbortSignal): AsyncGenerator<PythonEvent[], void, void> {
    const kernel = this.#use(key);
    this.#running++;
    clearTimeout(this.#spareTimer);
    try {
      yield* kernel.run(request, signal);
    } finally {
      this.#running--;
      this.#rest(key, kernel);
    }
  }

  /**
   * Ends a notebook's process; if a cell is still running, after that cell. The next cell starts a new process and
   * rebuilds the state.
   */
  async end(key: string): Promise<void> {
    const entry = this.#kernels.get(key);
    if (entry === undefined) return;
    clearTimeout(entry.idle);
    entry.isLeft = true;
    if (entry.kernel.isIdle) await entry.kernel.endProcess();
  }

  /** The id of a notebook's process, once it is ready. */
  async pid(key: string): Promise<number> {
    const kernel = this.#use(key);
    try {
      return await kernel.pid();
    } finally {
      this.#rest(key, kernel);
    }
  }

  /** Ends all processes. Cells that run or wait end with a {@linkcode KernelStoppedError}. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#spareTimer);
    this.#changed.resolve();
    const spare = this.#spare?.then((process) => process.close(), () => {});
    for (const { idle } of this.#kernels.values()) clearTimeout(idle);
    await Promise.all([...this.#kernels.values()].map(({ kernel }) => kernel.stop()));
    await spare;
    await Promise.all([...this.#living].map((process) => process.close()));
  }

  #use(key: string): Kernel {
    const { isForgetful, limits } = this.#options;
    const known = this.#kernels.get(key);
    clearTimeout(known?.idle);
    const takeProcess = (signal: AbortSignal) => this.#take(signal);
    const kernel = known?.kernel ?? new Kernel({ takeProcess, isForgetful, cellLimitMs: limits.cellMs });
    this.#kernels.delete(key);
    this.#kernels.set(key, { kernel });
    this.#forgetOldest();
    return kernel;
  }

  /** Handles the end of a cell: starts the idle timer of its notebook, and the timer of the spare process. */
  #rest(key: string, kernel: Kernel): void {
    this.#change();
    if (this.#isStopped) return;
    const entry = this.#kernels.get(key);
    if (entry !== undefined && kernel.isIdle) {
      clearTimeout(entry.idle);
      const idleMs = entry.isLeft ? 0 : this.#options.limits.idleMs;
      entry.idle = setTimeout(() => void kernel.endProcess(), idleMs);
    }
    if (this.#running > 0) return;
    clearTimeout(this.#spareTimer);
    this.#spareTimer = setTimeout(() => {
      if (this.#spare === undefined && this.#hasRoom) this.warmUp();
    }, this.#options.limits.spareDelayMs);
  }

  /** Returns the spare process, or starts another as soon as the limit permits it. */
  async #take(signal: AbortSignal): Promise<PythonProcess> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#isStopped) throw new KernelStoppedError("The offline model is stopped.");
      const spare = this.#spare;
      if (spare !== undefined) {
        this.#spare = undefined;
        const process = await spare;
        if (!process.gone) return process;
      } else if (this.#hasRoom) return await this.#start();
      else await this.#makeRoom(signal);
    }
  }

  get #hasRoom(): boolean {
    return this.#living.size + this.#starting < this.#options.limits.processes;
  }

  /** Ends the process that has been idle longest. If all are busy, waits until one ends or becomes idle. */
  async #makeRoom(signal: AbortSignal): Promise<void> {
    for (const { kernel } of this.#kernels.values()) {
      if (kernel.isIdle && kernel.process !== undefined) return await kernel.endProcess();
    }
    const { promise: aborted, resolve: abort } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => abort(), { once: true });
    await Promise.race([this.#changed.promise, aborted]);
  }

  async #start(): Promise<PythonProcess> {
    this.#starting++;
    try {
      const process = await this.#options.startProcess();
      if (this.#isStopped) {
        await process.close();
        throw new KernelStoppedError("The offline model was stopped while Python started.");
      }
      this.#living.add(process);
      process.exited.then(() => {
        this.#living.delete(process);
        this.#change();
      });
      return process;
    } finally {
      this.#starting--;
      this.#change();
    }
  }

  /** Wakes the callers that wait for a free process, so that they check again. */
  #change(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  #forgetOldest(): void {
    for (const [key, { kernel }] of this.#kernels) {
      if (this.#kernels.size <= REMEMBERED_NOTEBOOKS) return;
      if (kernel.isIdle && kernel.process === undefined) this.#kernels.delete(key);
    }
  }
}
