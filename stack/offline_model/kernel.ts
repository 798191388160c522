/**
 * Python as the server sees it: one cell at a time, in namespaces that outlive the process they were in.
 *
 * @module
 */

import type { CellTurn } from "../../src/execution/prompt/cell_turn.ts";
import { AIPythonError } from "../../src/errors.ts";
import type { EarlierCell } from "./earlier_cells.ts";
import { NamespaceHistory } from "./namespace_history.ts";
import type { PythonCell, PythonEvent } from "./protocol.ts";
import { PythonDiedError, type PythonProcess } from "./python_process.ts";

/** A cell to run, and the cells that its namespace must have seen before. */
export interface CellRequest {
  /** The namespace. */
  key: string;
  /** What the conversation tells of the cells before it, oldest first. */
  earlier: readonly EarlierCell[];
  /** The cell. */
  cell: CellTurn;
}

/** The kernel was stopped while it was needed. */
export class KernelStoppedError extends AIPythonError {
  readonly name = "KernelStoppedError";
}

/** Milliseconds that an interrupted cell has to end before its process is killed: C code does not see an interrupt. */
const INTERRUPT_GRACE_MS = 1000;

/** Milliseconds that an earlier cell may take when it is run again; what takes longer never ended the first time. */
const REPLAY_LIMIT_MS = 5000;

/** Processes in a row that may be dead before they see a cell; then it is no accident, and the cell ends with an error. */
const MAX_STARTS = 3;

/** Runs cells in a process, which it starts when it needs one and starts anew when it has died. */
export class Kernel {
  readonly #start: () => Promise<PythonProcess>;
  readonly #isForgetful: boolean;
  readonly #histories = new Map<string, NamespaceHistory>();
  #process?: Promise<PythonProcess>;
  #living?: PythonProcess;
  #burials: Promise<unknown> = Promise.resolve();
  #turn: Promise<unknown> = Promise.resolve();
  #stopped = false;

  /**
   * @param start starts a process and waits until it is ready for a cell
   * @param isForgetful whether a namespace holds what a request tells of and nothing else; otherwise it also keeps what it has seen
   */
  constructor(start: () => Promise<PythonProcess>, isForgetful = false) {
    this.#start = start;
    this.#isForgetful = isForgetful;
  }

  /** Starts the process if there is none, so that the first cell need not wait. A failure shows when a cell needs it. */
  warmUp(): void {
    this.#ensureProcess().catch(() => {});
  }

  /**
   * Runs a cell when its turn has come, and yields what it puts out. The first batch, which may be empty, says that the
   * cell is about to begin. The caller reads to the end, after an abort too.
   *
   * @param signal interrupts the cell
   * @throws {PythonDiedError} when Python cannot be started
   * @throws {KernelStoppedError} when the kernel is stopped meanwhile
   */
  async *run(request: CellRequest, signal: AbortSignal): AsyncGenerator<PythonEvent[], void, void> {
    const { promise: finished, resolve: finish } = Promise.withResolvers<void>();
    const turn = this.#turn;
    this.#turn = finished;
    try {
      await turn;
      if (!signal.aborted) yield* this.#runInTurn(request, signal);
    } catch (error) {
      if (this.#stopped) throw new KernelStoppedError("The offline model was stopped while it ran a cell.");
      throw error;
    } finally {
      finish();
    }
  }

  /** The id of the process, once it is ready. */
  async pid(): Promise<number> {
    return (await this.#ensureProcess()).pid;
  }

  /** Kills the process. Cells that run or wait end with a {@linkcode KernelStoppedError}. */
  async stop(): Promise<void> {
    this.#stopped = true;
    const process = await this.#process?.catch(() => undefined);
    await process?.close();
    await this.#burials;
    await this.#turn;
  }

  async *#runInTurn(request: CellRequest, signal: AbortSignal): AsyncGenerator<PythonEvent[]> {
    const { key, earlier, cell } = request;
    const history = this.#histories.getOrInsertComputed(key, () => new NamespaceHistory());
    const fresh = !this.#isForgetful && history.startsAnew(earlier, cell);
    if (fresh) history.clear();
    if (this.#isForgetful && !history.isBeginOf(earlier)) await this.#forgetAll();
    const onAbort = () => {
      if (!this.#isForgetful) history.skip(cell);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      for (let begun = false, starts = 1; !begun; starts++) {
        const [process, replayed] = await this.#replay(key, history, earlier, signal);
        const notice = history.takeLossNotice(replayed);
        yield notice === undefined ? [] : [{ type: "stream", name: "stderr", text: notice }];
        history.add(cell);
        try {
          yield* this.#runCell(process, { key, ...cell, muted: false, partial: false, fresh }, signal);
          begun = true;
        } catch (error) {
          if (!(error instanceof PythonDiedError) || this.#stopped) throw error;
          begun = error.cellBegun || starts === MAX_STARTS; // a process that was dead before it saw the cell has done no harm
          if (begun) yield [{ type: "call", name: "error", arguments: deadKernel(error) }];
        }
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  /** Runs the cells that the namespace has not seen; returns the process that has seen them, and how many they were. */
  async #replay(
    key: string,
    history: NamespaceHistory,
    earlier: readonly EarlierCell[],
    signal: AbortSignal,
  ): Promise<[PythonProcess, number]> {
    let replayed = 0;
    for (;;) {
      const process = await this.#ensureProcess();
      const cell = signal.aborted ? undefined : history.nextUnseen(earlier);
      if (cell === undefined) return [process, replayed];
      const limit = new AbortController();
      const timer = setTimeout(() => limit.abort(), REPLAY_LIMIT_MS);
      const stop = AbortSignal.any([signal, limit.signal]);
      try {
        for await (const _ of this.#runCell(process, { key, ...cell, muted: true, fresh: false }, stop));
        history.add(cell);
        if (signal.aborted) history.spoil();
        replayed++;
      } catch (error) {
        if (!(error instanceof PythonDiedError) || this.#stopped) throw error;
        if (error.cellBegun) history.skip(cell);
        replayed = 0;
      } finally {
        clearTimeout(timer);
      }
    }
  }

  /** Lets a new process take over. Cells leave more behind than variables: files, modules that they changed, tasks. */
  async #forgetAll(): Promise<void> {
    const process = await this.#ensureProcess();
    for (const history of this.#histories.values()) history.forget();
    process.kill();
    this.#bury(process);
  }

  async *#runCell(process: PythonProcess, cell: PythonCell, signal: AbortSignal): AsyncGenerator<PythonEvent[]> {
    const timers: ReturnType<typeof setTimeout>[] = [];
    const interrupt = () => {
      process.interrupt();
      timers.push(
        setTimeout(() => process.interrupt(), INTERRUPT_GRACE_MS / 2), // the first can strike where Python ignores it
        setTimeout(() => process.kill(), INTERRUPT_GRACE_MS),
      );
    };
    signal.addEventListener("abort", interrupt, { once: true });
    try {
      if (!signal.aborted) yield* process.run(cell);
    } finally {
      signal.removeEventListener("abort", interrupt);
      timers.forEach(clearTimeout);
    }
  }

  async #ensureProcess(): Promise<PythonProcess> {
    for (;;) {
      if (this.#stopped) throw new KernelStoppedError("The offline model is stopped.");
      this.#process ??= this.#launch();
      const process = await this.#process;
      if (!process.gone) return process;
      this.#bury(process);
    }
  }

  async #launch(): Promise<PythonProcess> {
    try {
      const process = await this.#start();
      this.#living = process;
      process.exited.then(() => this.#bury(process));
      return process;
    } catch (error) {
      this.#process = undefined;
      throw error;
    }
  }

  #bury(process: PythonProcess): void {
    if (this.#living !== process) return;
    this.#living = undefined;
    this.#process = undefined;
    for (const history of this.#histories.values()) history.lose();
    this.#burials = Promise.all([this.#burials, process.close()]);
    if (!this.#stopped) this.warmUp();
  }
}

function deadKernel(error: PythonDiedError) {
  const ename = "DeadKernelError";
  const evalue = "The offline model's Python died while it ran this cell, and its state was lost.";
  return { ename, evalue, traceback: [`${ename}: ${evalue}`, error.message] };
}
